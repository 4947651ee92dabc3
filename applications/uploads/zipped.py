"""DOCX and ODT, which are ZIP archives of XML."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from applications.uploads.refusal import Refused, disagreement

T = TypeVar("T")

_MEBIBYTE = 1024 * 1024
# What a document of 10 MB may claim to unpack to.
MAX_UNPACKED = 200 * _MEBIBYTE
# A part that we read ourselves (a list of types, a manifest) is small.
_MAX_PART = _MEBIBYTE
# The list of parts is read whole: 256 KiB hold some 3,000 of them.
_MAX_DIRECTORY = _MEBIBYTE // 4

# The record that ends an archive and tells the size of the list (APPNOTE.TXT, 4.3.16).
_END_SIGNATURE = b"PK\x05\x06"
_END_SIZE = 22
_MAX_COMMENT = 65_535

_WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The first part of an ODF package, stored as it is (ODF 1.3 part 2, 3.3).
_ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODT_MARK_AT = 30

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def is_odt(content: bytes) -> bool:
    return _is_zip(content) and content.startswith(_ODT_MARK, _ODT_MARK_AT)


def may_be_docx(content: bytes) -> bool:
    """Only a look inside, which ``inspect_docx`` takes, can tell."""
    return _is_zip(content) and not is_odt(content)


def inspect_docx(content: bytes) -> None:
    """Raises Refused for a bomb, a damaged archive and an archive that is no Word document."""
    archive = _opened(content)
    if _WORD_TYPE not in _part(archive, "[Content_Types].xml"):
        raise disagreement("DOCX")


def inspect_odt(content: bytes) -> None:
    """Raises Refused for a bomb, a damaged archive and a document with a password."""
    archive = _opened(content)
    # ODF 1.3 part 2, 4.8.2: every encrypted part is named in the manifest.
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise _protected()


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _opened(content: bytes) -> zipfile.ZipFile:
    """The archive, its claims found credible; nothing of it is unpacked yet."""
    if _directory_size(content) > _MAX_DIRECTORY:
        raise _bomb()
    archive = _readable(lambda: zipfile.ZipFile(io.BytesIO(content)))
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise _bomb()
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise _protected()
    return archive


def _directory_size(content: bytes) -> int:
    """How long the archive says that its list of parts is, in bytes."""
    end = content.rfind(_END_SIGNATURE, max(0, len(content) - _END_SIZE - _MAX_COMMENT))
    if end == -1:
        raise _damaged()
    return int.from_bytes(content[end + 12 : end + 16], "little")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part; empty where there is no such part."""
    if name not in archive.namelist():
        return b""
    return _readable(lambda: archive.open(name).read(_MAX_PART))


def _readable(read: Callable[[], T]) -> T:
    try:
        return read()
    except _UNREADABLE:
        raise _damaged() from None


def _damaged() -> Refused:
    return Refused(_("This document is damaged. Open it, save it again and choose the new file."))


def _protected() -> Refused:
    return Refused(
        _("This document is protected with a password. Save it without one and choose it again.")
    )


def _bomb() -> Refused:
    return Refused(
        _("This document unpacks to far too much. Save it again with fewer or smaller pictures.")
    )
