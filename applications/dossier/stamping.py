"""Fields, stamps and notes of a page, drawn onto it as they look."""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from applications.dossier.objects import items, numbers, value

# Hidden, and not to be viewed (ISO 32000-1, 12.5.3).
_UNSEEN = 0b100010
# A link has nothing but a border, and a note's window is no part of the page.
_UNDRAWN = frozenset({"/Link", "/Popup"})
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Numbers = tuple[float, ...]


def is_drawn(page: PageObject) -> bool:
    """Whether all that was filled in on the page can be seen without drawing it anew."""
    return not any(
        value(note, "/Subtype") == "/Widget" and value(note, "/V") and "/AP" not in note
        for note in _notes(page)
    )


def stamp(page: PageObject, new: PageObject, writer: PdfWriter) -> None:
    """Draw what stands on ``page`` beside its contents onto ``new``, a page of ``writer``."""
    drawings = b""
    for number, (appearance, rectangle) in enumerate(_appearances(page)):
        name = f"/Stamp{len(writer.pages)}-{number}"
        _name(new, NameObject(name), appearance.clone(writer))
        drawings += _drawing(name, appearance, rectangle)
    if drawings:
        _enclose(new, writer, drawings)


def _notes(page: PageObject) -> Iterator[DictionaryObject]:
    return (note.get_object() for note in items(page, "/Annots"))


def _appearances(page: PageObject) -> Iterator[tuple[StreamObject, Numbers]]:
    for note in _notes(page):
        is_seen = not int(value(note, "/F") or 0) & _UNSEEN
        look = _look(note)
        if is_seen and value(note, "/Subtype") not in _UNDRAWN and look is not None:
            yield look, numbers(note, "/Rect")


def _look(note: DictionaryObject) -> StreamObject | None:
    """Its appearance in the state it is in, if it has one."""
    look = value(value(note, "/AP") or DictionaryObject(), "/N")
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        look = value(look, str(value(note, "/AS")))
    return look if isinstance(look, StreamObject) and "/BBox" in look else None


def _name(new: PageObject, name: NameObject, appearance: Any) -> None:
    resources = new.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    named = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    named[name] = appearance.indirect_reference


def _drawing(name: str, appearance: StreamObject, rectangle: Numbers) -> bytes:
    """Scaled and moved so that its box fills the rectangle (ISO 32000-1, 12.5.5)."""
    left, bottom, right, top = _transformed_box(appearance)
    to_left, to_bottom = min(rectangle[::2]), min(rectangle[1::2])
    width = (max(rectangle[::2]) - to_left) / ((right - left) or 1)
    height = (max(rectangle[1::2]) - to_bottom) / ((top - bottom) or 1)
    moved = (to_left - left * width, to_bottom - bottom * height)
    matrix = f"{width:.5f} 0 0 {height:.5f} {moved[0]:.5f} {moved[1]:.5f}"
    return f"q {matrix} cm {name} Do Q\n".encode()


def _transformed_box(appearance: StreamObject) -> Numbers:
    x1, y1, x2, y2 = numbers(appearance, "/BBox")
    a, b, c, d, e, f = numbers(appearance, "/Matrix") or _IDENTITY
    corners = [(x, y) for x in (x1, x2) for y in (y1, y2)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _enclose(new: PageObject, writer: PdfWriter, drawings: bytes) -> None:
    """Behind the page's own contents, whatever those leave the canvas like."""
    own = new.raw_get("/Contents") if "/Contents" in new else ArrayObject()
    parts = own.get_object()
    inner = list.__iter__(parts) if isinstance(parts, ArrayObject) else [own]
    new[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, b"q\n"), *inner, _stream(writer, b"\nQ\n" + drawings)]
    )


def _stream(writer: PdfWriter, data: bytes) -> Any:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001 - pypdf's own way to add one
