"""An upload's pages, made ready in a process apart to follow those of the dossier."""

from applications.dossier.apart import Failed, apart
from applications.dossier.pages import Pages, PagesUnreadable

_COUNT = 2  # bytes


def pages_of(content: bytes) -> Pages:
    """The pages of a PDF as it was uploaded. Raises PagesUnreadable.

    Only what can be seen on them is left. More than 50 pages, more than 5 MB, pages of an odd size
    and fields that were filled in and never drawn fit nowhere. The same bytes give the same pages.
    """
    # pypdf takes most of a second to import, and web processes never need it.
    from applications.dossier import cleaning  # noqa: PLC0415 - see above

    try:
        packed = apart(lambda: _pack(cleaning.cleaned(content)))
    except Failed:
        raise PagesUnreadable from None
    return _unpack(packed)


def _pack(pages: Pages) -> bytes:
    return bytes([pages.was_active]) + pages.count.to_bytes(_COUNT, "big") + pages.content


def _unpack(packed: bytes) -> Pages:
    count = int.from_bytes(packed[1 : 1 + _COUNT], "big")
    return Pages(content=packed[1 + _COUNT :], count=count, was_active=bool(packed[0]))
