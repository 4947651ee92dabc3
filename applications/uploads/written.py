"""RTF and plain text."""

import codecs

from django.utils.translation import gettext as _

from applications.uploads.refusal import Refused

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Bytes that no text has in any of the encodings that extend ASCII (tab, line ends, form feed and
# escape aside, which some do have).
_BINARY = bytes({*range(0x09), *range(0x0E, 0x20)} - {0x1B})


def is_rtf(content: bytes) -> bool:
    return content.startswith(b"{\\rtf")


def is_text(content: bytes) -> bool:
    """Text in UTF-16 with its mark, or in UTF-8 or any other encoding that extends ASCII."""
    if content.startswith(_UTF_16):
        return _decodes(content, "utf-16")
    return len(content.translate(None, delete=_BINARY)) == len(content)


def inspect_text(content: bytes) -> None:
    """Raises Refused for text of which nothing can be seen."""
    if not content.strip():
        raise Refused(_("There is nothing in this file. Choose another one."))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        return "\0" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False
