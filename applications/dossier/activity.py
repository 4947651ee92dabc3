"""Whether a PDF holds more than can be seen on its pages: scripts, actions, files."""

from urllib.parse import urlsplit

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from applications.dossier.objects import dictionaries, value

# What runs, opens or sends something (ISO 32000-2, 12.6.4). To turn to another page does neither.
_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"),
        *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
    }
)
# A script; an embedded file; a form that is a program of its own; films and models.
_CONTENTS = frozenset({"/JS", "/EF", "/XFA", "/RichMediaContent", "/3DD"})
_HARMLESS = frozenset({"", "http", "https", "mailto", "tel"})


def is_active(reader: PdfReader) -> bool:
    """Whether anything in it does more than be seen, or lead to a page of the web."""
    return any(_acts(each) for each in dictionaries(reader.trailer.raw_get("/Root")))


def _acts(each: DictionaryObject) -> bool:
    kind = value(each, "/S")
    return (
        kind in _ACTIONS
        or not _CONTENTS.isdisjoint(each)
        or (kind == "/URI" and _leads_elsewhere(str(value(each, "/URI") or "")))
    )


def _leads_elsewhere(address: str) -> bool:
    """To a file or a share, or into a viewer's own scripts."""
    address = address.strip()
    return urlsplit(address).scheme.lower() not in _HARMLESS or address.startswith("\\")
