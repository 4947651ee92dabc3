"""JPEG, PNG and WebP. Only a picture's header is read here; nothing is decoded."""

import io
import struct

from django.utils.translation import gettext as _
from PIL import Image

from applications.uploads.refusal import Refused

# A photo of 50 megapixels takes 150 MB once decoded; no camera of a phone needs more.
MAX_PIXELS = 50_000_000

# A camera writes about ten segments before the picture itself; Pillow needs seconds for a million.
_MAX_SEGMENTS = 200
_START_OF_SCAN = b"\xff\xda"
_FILLING = b"\xff\xff"
_END_OF_IMAGE = b"\xff\xd9"

_UNREADABLE = (OSError, SyntaxError, ValueError, struct.error, EOFError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content.startswith(b"WEBP", 8)


def inspect_jpeg(content: bytes) -> None:
    """Raises Refused for a picture that is too large, damaged or cut off."""
    _inspect(content, is_whole=_END_OF_IMAGE in content[_scan_start(content) :])


def inspect_png(content: bytes) -> None:
    """Raises Refused for a picture that is too large, damaged or cut off."""
    _inspect(content, is_whole=b"IEND" in content)


def inspect_webp(content: bytes) -> None:
    """Raises Refused for a picture that is too large, damaged or cut off."""
    declared = int.from_bytes(content[4:8], "little") + 8
    _inspect(content, is_whole=declared <= len(content))


def _inspect(content: bytes, *, is_whole: bool) -> None:
    width, height = _dimensions(content)
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if not is_whole:
        raise _damaged()


def _scan_start(content: bytes) -> int:
    """Where a JPEG's own data begins, behind a thumbnail that has an end too (ITU-T T.81, B.1)."""
    at = 2
    for _segment in range(_MAX_SEGMENTS):
        marker = content[at : at + 2]
        if marker == _START_OF_SCAN:
            return at
        at += 1 if marker == _FILLING else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise _damaged()


def _dimensions(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            return picture.size
    except _BOMB:
        raise _too_many_pixels() from None
    except _UNREADABLE:
        raise _damaged() from None


def _too_many_pixels() -> Refused:
    return Refused(
        _("This picture has more than 50 million pixels. Make it smaller and choose it again.")
    )


def _damaged() -> Refused:
    return Refused(_("This picture is damaged. Open it, save it again and choose the new file."))
