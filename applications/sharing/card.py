"""The picture that social networks show beside a link to us: 1200 by 630 pixels, PNG.

https://ogp.me/#structured
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from applications import branding
from applications.models import Job
from applications.sharing.fonts import font_for
from applications.text import one_line

WIDTH, HEIGHT = 1200, 630
_MARGIN = 88
_ROOM = WIDTH - 2 * _MARGIN
# The stylesheet's light colours.
_PAPER, _INK, _INK_SOFT = "#ffffff", "#16211d", "#55625c"
_TITLE_SIZES = (92, 80, 68, 56)
_TITLE_LINES = 3
_LEADING = 1.2
_SMALL = 38
_CUT = "…"


def of_list() -> bytes:
    """The card of the list of positions."""
    brand = branding.current()
    return _draw(str(brand), brand.palette.light.fill, _("Open positions"), "")


def of_job(job: Job) -> bytes:
    """The card of a position."""
    brand = branding.current()
    facts = one_line(f"{job.department} · {job.place} · {job.get_workplace_display()}")
    return _draw(str(brand), brand.palette.light.fill, one_line(job.title), facts)


@lru_cache(maxsize=64)
def _draw(company: str, accent: str, title: str, facts: str) -> bytes:
    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, HEIGHT - 20, WIDTH, HEIGHT), fill=accent)
    card.paste(accent, (_MARGIN, 92), _mark())
    _write(pen, (_MARGIN + 50, 106), company, _INK)
    _write_title(pen, title)
    _write(pen, (_MARGIN, HEIGHT - 112), facts, _INK_SOFT)
    return _as_png(card)


def _mark() -> Image.Image:
    """The square with round corners before the company's name, drawn large for smooth edges."""
    mask = Image.new("L", (112, 112))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 111, 111), 28, fill=255)
    return mask.resize((28, 28), Image.Resampling.LANCZOS)


def _write(pen: ImageDraw.ImageDraw, left_middle: tuple[int, int], text: str, colour: str) -> None:
    font = font_for(text, _SMALL)
    if font:
        room = WIDTH - _MARGIN - left_middle[0]
        pen.text(left_middle, _cut(text, font, room), colour, font, anchor="lm")


def _write_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    """In the largest size in which it fits; in the smallest one it is cut."""
    fonts = [font for size in _TITLE_SIZES if (font := font_for(title, size))]
    if not fonts:
        return
    font = next((font for font in fonts if _fits(title, font)), fonts[-1])
    lines = _at_most(_TITLE_LINES, _balanced(title, font))
    height = int(font.size * _LEADING)
    top = (HEIGHT - height * len(lines)) // 2
    for number, line in enumerate(lines):
        place = (_MARGIN, top + number * height)
        pen.text(place, _cut(line, font, _ROOM), _INK, font, anchor="la")


def _fits(title: str, font: FreeTypeFont) -> bool:
    lines = list(_lines(title, font, _ROOM))
    return len(lines) <= _TITLE_LINES and all(font.getlength(line) <= _ROOM for line in lines)


def _at_most(number: int, lines: list[str]) -> list[str]:
    """So many lines, with whatever is left in the last of them."""
    return [*lines[: number - 1], *filter(None, [" ".join(lines[number - 1 :])])]


def _balanced(text: str, font: FreeTypeFont) -> list[str]:
    """As few lines as there must be, as even as they can be."""
    tries = [list(_lines(text, font, room)) for room in range(_ROOM // 3, _ROOM + 1, 16)]
    return next(lines for lines in tries if len(lines) == len(tries[-1]))


def _lines(text: str, font: FreeTypeFont, room: float) -> Iterator[str]:
    """Lines of whole words; a word that is too long has one of its own."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _cut(text: str, font: FreeTypeFont, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + _CUT) > room:
        text = text[:-1]
    return text.rstrip() + _CUT


def _as_png(card: Image.Image) -> bytes:
    content = BytesIO()
    card.quantize(64).save(content, "PNG", optimize=True)
    return content.getvalue()
