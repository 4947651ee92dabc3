"""Whether a mail server has a letter, asked where it leaves traces.

EMAIL_EVIDENCE_URL names the place: ``file:///var/log/mail.log``, the log of a local Postfix, or
``imaps://user:password@host/mailbox``, a mailbox that gets a copy of all outgoing mail.
"""

import bz2
import gzip
import imaplib
import lzma
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import IO
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from applications.letters.errors import EvidenceAway
from applications.letters.postfix import Passage
from applications.models import Letter

_TIMEOUT = 10.0  # seconds
_PORTS = {"imap": 143, "imaps": 993}
# Rotated logs may be packed.
_OPEN: dict[str, Callable[..., IO[str]]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}

# So far may a log lag behind what it tells.
_LAG = timedelta(seconds=30)
# For so long a server may be at work on a letter, filters included (RFC 5321, section 4.5.3.2.6),
# and a filter before the queue lets nothing be seen of it meanwhile.
_AT_WORK = timedelta(minutes=10)
# For so long a trace stays.
_LASTING = timedelta(days=1)


class Trace(Enum):
    """What the traces say of a letter."""

    TAKEN = auto()  # the server has it
    REFUSED = auto()  # the server had all or some of each copy, and let go of them
    OPEN = auto()  # a copy has come, and its end is not told: under way, put aside, or stuck
    NONE = auto()  # nothing, so far, or not of each copy


def is_decisive(trace: Trace, *, since: timedelta) -> bool:
    """Whether this trace of a letter that went out ``since`` then is the last word on it."""
    match trace:
        case Trace.TAKEN:
            return True
        case Trace.REFUSED:
            return since >= _LAG
        case Trace.OPEN | Trace.NONE:
            return since >= _AT_WORK


def is_past(*, since: timedelta) -> bool:
    """Whether the trace of a letter that went out ``since`` then may be gone by now."""
    return since > _LASTING


def find(letter: Letter) -> Trace:
    """The trace of a letter in doubt. Raises EvidenceAway when that cannot be told."""
    url = urlsplit(settings.EMAIL_EVIDENCE_URL)
    try:
        if url.scheme == "file":
            return _in_postfix_log(Path(unquote(url.path)), letter)
        return _in_mailbox(url, letter.message_id)
    except (OSError, EOFError, imaplib.IMAP4.error) as error:
        raise EvidenceAway(
            f"The mail server's traces cannot be read ({type(error).__name__})."
        ) from None


def _in_postfix_log(path: Path, letter: Letter) -> Trace:
    logs = _logs(path, since=letter.intent_at)
    passage = Passage(letter.message_id)
    for _inode, log in logs:
        for line in _lines(log):
            passage.read(line)
    if _logs(path, since=letter.intent_at) != logs:
        raise EvidenceAway("The mail server's log was rotated while it was read.")
    if passage.is_queued:
        return Trace.TAKEN
    if passage.is_open:
        return Trace.OPEN
    return Trace.REFUSED if passage.is_over(copies=letter.copies_begun) else Trace.NONE


def _logs(path: Path, *, since: datetime | None) -> list[tuple[int, Path]]:
    """The log and, before it, what was rotated out of it since then, whatever that is called."""
    rotated = (each for each in path.parent.iterdir() if _is_rotated(each, path))
    dated = sorted((each.stat().st_mtime, each) for each in rotated)
    began_at = since.timestamp() - _LAG.total_seconds() if since else 0.0
    logs = [log for written_at, log in dated if written_at >= began_at]
    return [(log.stat().st_ino, log) for log in [*logs, path]]


def _is_rotated(file: Path, path: Path) -> bool:
    return file != path and file.name.startswith(path.name) and file.is_file()


def _lines(log: Path) -> Iterator[str]:
    with _OPEN.get(log.suffix, open)(log, "rt", errors="replace") as lines:
        yield from lines


def _in_mailbox(url: SplitResult, message_id: str) -> Trace:
    """RFC 3501, section 6.4.4: SEARCH HEADER."""
    make = imaplib.IMAP4_SSL if url.scheme == "imaps" else imaplib.IMAP4
    port = url.port or _PORTS[url.scheme]
    with make(url.hostname or "", port, timeout=_TIMEOUT) as mailbox:
        mailbox.login(unquote(url.username or ""), unquote(url.password or ""))
        mailbox.select(unquote(url.path.strip("/")) or "INBOX", readonly=True)
        status, found = mailbox.search(None, "HEADER", "Message-ID", f'"{message_id}"')
        if status != "OK":
            raise EvidenceAway("The mail server's traces cannot be searched.")
        return Trace.TAKEN if found[0] else Trace.NONE
