"""Files that travel inside a letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from math import ceil
from pathlib import PurePosixPath

from applications.text import one_line

# Postfix takes messages up to 10,240,000 bytes unless it is told otherwise, counted as they travel.
# 9 MB leaves room for the letter itself and for what servers on the way add.
# https://www.postfix.org/postconf.5.html#message_size_limit
MAX_ENCODED_SIZE = 9_000_000

# Where files are kept a name has room for 255 bytes, on Linux and macOS alike. Percent-encoded
# it then stays within the 998 characters that a line may have (RFC 5322 §2.1.1).
_MAX_NAME_BYTES = 255

_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._-]+")
_UNFIT_FOR_NAMES = re.compile(r'[/\\:*?"<>|]')


@dataclass(frozen=True)
class Enclosure:
    """A file to go with a letter, if there is room for it."""

    filename: str
    content_type: str
    content: bytes


def that_fit(enclosures: Sequence[Enclosure]) -> list[Enclosure]:
    """Those that fit together into one letter; what comes first goes first."""
    room = MAX_ENCODED_SIZE
    fitting = []
    for enclosure in enclosures:
        size = encoded_size(enclosure.content)
        if size <= room:
            room -= size
            fitting.append(enclosure)
    return fitting


def encoded_size(content: bytes) -> int:
    """How many bytes ``content`` has on its way: base64 in lines of 76 characters and a CRLF."""
    return 4 * ceil(len(content) / 3) + 2 * ceil(len(content) / 57)


def mime_part(enclosure: Enclosure) -> MIMEBase:
    """The enclosure as a part of a message, always in base64.

    Django would decode a text file and change its line ends, and the file that arrives would no
    longer be the one with the SHA-256 in our records.
    """
    part = MIMEBase(*enclosure.content_type.split("/", 1))
    part.set_payload(enclosure.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=_parameter(enclosure.filename))
    return part


def _parameter(filename: str) -> str | tuple[str, str, str]:
    """The name as it is, or in the extended form of RFC 2231 when it is not quite plain."""
    name = _shortened(_UNFIT_FOR_NAMES.sub("_", one_line(filename)))
    return name if _PLAIN_NAME.fullmatch(name) else ("utf-8", "", name)


def _shortened(name: str) -> str:
    """``name`` within 255 bytes, with the end of its extension."""
    suffix = PurePosixPath(name).suffix[-10:]
    room = _MAX_NAME_BYTES - len(suffix.encode())
    return name.removesuffix(suffix).encode()[:room].decode(errors="ignore") + suffix
