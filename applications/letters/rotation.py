"""The lines of a log that is rotated now and then, by logrotate or by Postfix itself."""

import bz2
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from applications.letters.errors import EvidenceAway

# What a damaged archive raises, beside OSError.
UNREADABLE = (EOFError, zlib.error, lzma.LZMAError)

# mail.log.1, mail.log-20260302, mail.log.20260302-093000.gz
_ROTATED = r"[.-]\d[\d.-]*?(?P<packing>\.[A-Za-z]\w*)?"
_PACKINGS: dict[str, Callable[..., IO[str]]] = {
    "": open,
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}


class _Log(NamedTuple):
    path: Path
    inode: int
    packing: str = ""


def lines(path: Path, *, since: datetime) -> Iterator[str]:
    """All of the log, and before it of what lies beside it and was rotated after ``since``.

    Raises EvidenceAway when these may not be all: at the end, if it was rotated meanwhile.
    Raises OSError and ``UNREADABLE``.
    """
    path = path.resolve()
    logs = _logs(path, since)
    for log in logs:
        with _PACKINGS[log.packing](log.path, "rt", errors="replace") as content:
            yield from content
    if _logs(path, since) != logs:
        raise EvidenceAway("The mail server's log was rotated while it was read.")


def _logs(path: Path, since: datetime) -> list[_Log]:
    """The oldest first."""
    oldest = since.timestamp()
    logs = [log for written_at, log in sorted(_rotated(path)) if written_at >= oldest]
    if any(log.packing not in _PACKINGS for log in logs):
        raise EvidenceAway("A rotated log of the mail server is packed in an unknown way.")
    return [*logs, _Log(path, path.stat().st_ino)]


def _rotated(path: Path) -> Iterator[tuple[float, _Log]]:
    """Each with the time (Unix) of its last line."""
    name = re.compile(re.escape(path.name) + _ROTATED)
    for each in path.parent.iterdir():
        if found := name.fullmatch(each.name):
            stat = each.stat()
            yield stat.st_mtime, _Log(each, stat.st_ino, found["packing"] or "")
