"""A stranger's PDF, reduced to what can be seen on its pages.

What is kept is named, so that what nobody has thought of goes as well: a page keeps its contents,
what they are drawn with, its size and its turn. Fields, stamps and notes become part of the page as
they look. Actions, scripts, links, embedded files and everything of the document as a whole stay
behind.
"""

from collections.abc import Iterable
from io import BytesIO
from math import isfinite

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, RectangleObject, StreamObject

from applications.dossier.activity import is_active
from applications.dossier.objects import dictionaries
from applications.dossier.pages import Pages, PagesUnreadable
from applications.dossier.stamping import Numbers, is_drawn, stamp

MAX_PAGES = 50
# With it, the dossier still fits into a letter.
MAX_BYTES = 5 * 1024 * 1024
_MAX_OBJECTS = 50_000
# A page between a card and a poster (A1), in points.
_MIN_SIDE, _MAX_SIDE = 140, 2400
_KEPT = ("/Contents", "/Resources", "/Group")
# What parts of a page may carry beside what is drawn: other documents, other programs' data, files.
_CARRIED = ("/Ref", "/OPI", "/PieceInfo", "/Metadata", "/AF", "/Measure", "/PtData")
# Where a stream's data is, if not in the file (ISO 32000-1, 7.3.8.2).
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
_BROKEN = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def cleaned(content: bytes) -> Pages:
    """The pages of that PDF. Raises PagesUnreadable.

    A damaged or hostile file may hold it for minutes, and ask for any amount of memory.
    """
    try:
        reader = _opened(content)
        was_active = is_active(reader)
        pages = _written(reader) if _can_be_joined(reader) else b""
        count = len(reader.pages)
    except _BROKEN as error:
        raise PagesUnreadable from error
    if not 0 < len(pages) <= MAX_BYTES:
        return Pages(content=b"", count=0, was_active=was_active)
    return Pages(content=pages, count=count, was_active=was_active)


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    objects = sum(map(len, reader.xref.values())) + len(reader.xref_objStm)
    if reader.is_encrypted or objects > _MAX_OBJECTS:
        raise PagesUnreadable
    return reader


def _can_be_joined(reader: PdfReader) -> bool:
    return 0 < len(reader.pages) <= MAX_PAGES and all(map(_is_fit, reader.pages))


def _is_fit(page: PageObject) -> bool:
    left, bottom, right, top = _visible(page)
    is_of_a_fit_size = all(_MIN_SIDE <= side <= _MAX_SIDE for side in (right - left, top - bottom))
    return is_of_a_fit_size and is_drawn(page)


def _visible(page: PageObject) -> Numbers:
    """The corners of what a viewer shows of the page."""
    boxes = [tuple(map(float, box)) for box in (page.mediabox, page.cropbox)]
    if not all(isfinite(number) for box in boxes for number in box):
        raise PagesUnreadable
    (left, bottom, right, top), crop = boxes
    return max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3])


def _written(reader: PdfReader) -> bytes:
    for each in dictionaries(reader.trailer.raw_get("/Root")):
        _drop(each, _CARRIED)
        if isinstance(each, StreamObject):
            _drop(each, _ELSEWHERE)
    writer = PdfWriter()
    for page in reader.pages:
        _add(writer, page)
    target = BytesIO()
    writer.write(target)
    if is_active(PdfReader(target)):
        raise PagesUnreadable
    return target.getvalue()


def _drop(each: DictionaryObject, keys: Iterable[str]) -> None:
    for key in keys:
        each.pop(key, None)


def _add(writer: PdfWriter, page: PageObject) -> None:
    box = RectangleObject(_visible(page))
    new = writer.add_blank_page(width=box.width, height=box.height)
    new[NameObject("/MediaBox")] = box
    if page.rotation % 360:
        new.rotate(page.rotation // 90 * 90 % 360)
    for key in _KEPT:
        if key in page:
            new[NameObject(key)] = page.raw_get(key).clone(writer)
    stamp(page, new, writer)
