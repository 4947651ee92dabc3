"""ReportLab, within this process.

Its pages have no tags: only its paid edition can do that. https://docs.reportlab.com/
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

from django.utils.html import format_html
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table

from applications.dossier.content import Dossier
from benchmarks.rivals import texts

_FONTS = {
    "sans": "Noto Sans:style=Regular",
    "sans-bold": "Noto Sans:style=Bold",
    "serif": "Noto Serif:style=Regular",
}
_ACCENT, _SOFT, _LINE = (HexColor(tone) for tone in ("#0b5d4e", "#55625c", "#d9ddd3"))
_TEXT = ParagraphStyle("text", fontName="sans", fontSize=9.5, leading=14.25)
_QUIET = ParagraphStyle("quiet", _TEXT, textColor=_SOFT)
_LABEL = ParagraphStyle("label", _TEXT, fontName="sans-bold", textColor=_ACCENT)
_NAME = ParagraphStyle(
    "name", _TEXT, fontName="serif", fontSize=38, leading=44, spaceBefore=24 * mm
)
_PROSE = ParagraphStyle(
    "prose", fontName="serif", fontSize=10.5, leading=16.8, leftIndent=42 * mm, spaceAfter=3.2 * mm
)
_ASKED = ParagraphStyle("asked", _TEXT, fontName="sans-bold", leftIndent=42 * mm)
_PLAIN = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
_RULED = [*_PLAIN, ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)]


@contextmanager
def ready(dossier: Dossier, portrait: bytes) -> Iterator[Callable[[], bytes]]:
    """Draws it, with fonts that were registered once."""
    for name, pattern in _FONTS.items():
        registerFont(TTFont(name, _file_of(pattern)))
    words = texts.of(dossier)
    yield lambda: _drawn(words, portrait)


def _file_of(pattern: str) -> str:
    command = ["fc-match", "--format=%{file}", pattern]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


def _drawn(words: dict[str, Any], portrait: bytes) -> bytes:
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=30 * mm,
        bottomMargin=26 * mm,
        title=f"Application {words['reference']}",
        author=words["name"],
    )
    document.build(_story(words, portrait), canvasmaker=partial(_Numbered, words=words))
    return target.getvalue()


def _story(words: dict[str, Any], portrait: bytes) -> list[Flowable]:
    return [
        Paragraph(format_html("{}", words["company"]), _LABEL),
        Paragraph(format_html("{}", words["name"]), _NAME),
        Paragraph(format_html("applies for {}", words["position"]), _QUIET),
        Spacer(0, 8 * mm),
        _opening(words, portrait),
        *_letter(words),
        *_questions(words),
        Paragraph("Enclosed files", _LABEL),
        _files(words),
    ]


def _opening(words: dict[str, Any], portrait: bytes) -> Table:
    facts = [
        (Paragraph(label, _QUIET), _linked(value, link)) for label, value, link in words["facts"]
    ]
    image = Image(BytesIO(portrait), width=36 * mm, height=45 * mm)
    row = [Table(facts, colWidths=(42 * mm, 82 * mm), style=_PLAIN), image]
    return Table([row], colWidths=(126 * mm, 40 * mm), style=_PLAIN)


def _letter(words: dict[str, Any]) -> list[Flowable]:
    prose = [Paragraph(format_html("{}", each), _PROSE) for each in words["letter"]]
    return [Paragraph("Cover letter", _LABEL), *prose]


def _questions(words: dict[str, Any]) -> list[Flowable]:
    story: list[Flowable] = [Paragraph("Questions", _LABEL)]
    for question, answer in words["questions"]:
        story.append(Paragraph(format_html("{}", question), _ASKED))
        story += [Paragraph(format_html("{}", each), _PROSE) for each in answer]
    return story


def _files(words: dict[str, Any]) -> Table:
    head = [Paragraph(name, _QUIET) for name in ("File", "Name", "Type", "Size")]
    rows = [
        (kind, _linked(name, link), kind_of_file, size)
        for kind, name, kind_of_file, size, link in words["files"]
    ]
    return Table([head, *rows], colWidths=(18 * mm, 66 * mm, 18 * mm, 22 * mm), style=_RULED)


def _linked(text: str, link: str) -> Paragraph:
    if not link:
        return Paragraph(format_html("{}", text), _TEXT)
    return Paragraph(format_html('<a href="{}" color="#0b5d4e">{}</a>', link, text), _TEXT)


class _Numbered(Canvas):
    """Writes the running lines when it knows how many pages there are."""

    def __init__(self, *args: Any, words: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self._words = words
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - its name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._run(number, len(self._pages))
            super().showPage()
        super().save()

    def _run(self, number: int, last: int) -> None:
        width, height = A4
        self.setFont("sans", 8)
        self.setFillColor(_SOFT)
        self.drawString(22 * mm, 14 * mm, self._words["company"])
        self.drawRightString(width - 22 * mm, 14 * mm, f"{number} / {last}")
        if number > 1:
            self.drawString(22 * mm, height - 16 * mm, self._words["name"])
