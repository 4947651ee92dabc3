"""Whether a mail server has a letter, asked where it leaves traces.

EMAIL_EVIDENCE_URL names the place: ``file:///var/log/mail.log``, the log of a local Postfix, or
``imaps://user:password@host/mailbox``, a mailbox that gets a copy of all outgoing mail.
"""

import imaplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from applications.letters import rotation
from applications.letters.errors import EvidenceAway
from applications.letters.postfix import Passage

_TIMEOUT = 10.0  # seconds
_PORTS = {"imap": 143, "imaps": 993}
_UNREADABLE = (*rotation.UNREADABLE, OSError, imaplib.IMAP4.error)

# So far may a log lag behind what it tells.
_LAG = timedelta(seconds=30)
# For so long a server may be at work on a letter, filters included (RFC 5321, section 4.5.3.2.6),
# and a filter before the queue lets nothing be seen of it meanwhile. So much older than the intent
# may the first line about a letter be, too.
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


def find(message_id: str, *, copies: int | None, since: datetime) -> Trace:
    """The trace of a letter, of which so many ``copies`` were begun (None: nobody knows).

    ``since`` is when the last of them went out. Raises EvidenceAway when it cannot be told.
    """
    url = urlsplit(settings.EMAIL_EVIDENCE_URL)
    try:
        if url.scheme == "file":
            lines = rotation.lines(Path(unquote(url.path)), since=since - _AT_WORK)
            return _in_postfix_log(lines, message_id, copies)
        return _in_mailbox(url, message_id)
    except _UNREADABLE as error:
        raise EvidenceAway(
            f"The mail server's traces cannot be read ({type(error).__name__})."
        ) from None


def _in_postfix_log(lines: Iterable[str], message_id: str, copies: int | None) -> Trace:
    passage = Passage(message_id)
    for line in lines:
        passage.read(line)
    if passage.is_queued:
        return Trace.TAKEN
    if passage.is_open:
        return Trace.OPEN
    return Trace.REFUSED if 0 < (copies or 0) <= passage.copies else Trace.NONE


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
