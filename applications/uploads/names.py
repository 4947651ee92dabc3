"""File names that are safe to show, to store and to put in a header."""

import re
import unicodedata

from applications.text import one_line

# What Windows refuses in a name: whoever downloads the file must be able to save it.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r'[<>:"|?*\x00]')
_MAX_STEM_BYTES = 120


def extension(filename: str) -> str:
    """The part after the last dot, in small letters; empty where there is none."""
    _stem, dot, ending = _last_part(filename).rpartition(".")
    return ending.lower() if dot else ""


def safe_name(filename: str, *, fallback: str) -> str:
    """The applicant's name for the file, without what could harm.

    Paths, control characters and changes of direction are gone, and the part before the
    extension has at most 120 bytes of UTF-8; where nothing is left of it, it is ``fallback``.
    """
    stem = one_line(_last_part(filename).rpartition(".")[0])
    return f"{_shortened(stem.strip('. ')) or fallback}.{extension(filename)}"


def _last_part(filename: str) -> str:
    composed = unicodedata.normalize("NFC", filename.replace("\\", "/"))
    return _RESERVED.sub("_", one_line(composed)).rpartition("/")[2].strip()


def _shortened(stem: str) -> str:
    """Cut between characters, never within one."""
    return stem.encode()[:_MAX_STEM_BYTES].decode(errors="ignore").rstrip(". ")
