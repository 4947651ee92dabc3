"""Whether a mail server has a letter, asked where it leaves traces.

EMAIL_EVIDENCE_URL names the place: ``file:///var/log/mail.log``, the log of a local Postfix, or
``imaps://user:password@host/mailbox``, a mailbox that gets a copy of all outgoing mail.
"""

import imaplib
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from applications.letters.errors import EvidenceAway

_TIMEOUT = 10.0  # seconds
_PORTS = {"imap": 143, "imaps": 993}


# Within this long after the letter went out its trace is there, and for so long it stays.
_LASTING = timedelta(days=1)
_DELAYS = {
    "file": timedelta(seconds=30),
    "imap": timedelta(minutes=10),
    "imaps": timedelta(minutes=10),
}


def is_decisive(*, since: timedelta) -> bool:
    """Whether there would be a trace of a letter that went out ``since`` then."""
    return since >= _DELAYS[urlsplit(settings.EMAIL_EVIDENCE_URL).scheme]


def is_past(*, since: timedelta) -> bool:
    """Whether the trace of a letter that went out ``since`` then may be gone by now."""
    return since > _LASTING


def shows(message_id: str) -> bool:
    """Whether there is a trace of the letter. Raises EvidenceAway when that cannot be told."""
    url = urlsplit(settings.EMAIL_EVIDENCE_URL)
    try:
        if url.scheme == "file":
            return _in_postfix_log(Path(unquote(url.path)), message_id)
        return _in_mailbox(url, message_id)
    except (OSError, imaplib.IMAP4.error) as error:
        raise EvidenceAway(
            f"The mail server's traces cannot be read ({type(error).__name__})."
        ) from None


def _in_postfix_log(path: Path, message_id: str) -> bool:
    """Postfix names a message's queue id with its Message-ID, and again once it is queued.

    Both lines together mean that it was accepted. A log that was rotated lately is read too.
    """
    named = re.compile(rf"cleanup\[\d+\]: (\w+): message-id={re.escape(message_id)}")
    queued = re.compile(r"qmgr\[\d+\]: (\w+): from=.*\(queue active\)")
    lines = [line for log in _logs(path) for line in log.read_text(errors="replace").splitlines()]
    mine = {found[1] for line in lines if (found := named.search(line))}
    return any((found := queued.search(line)) and found[1] in mine for line in lines)


def _logs(path: Path) -> list[Path]:
    rotated = path.with_name(f"{path.name}.1")
    return [rotated, path] if rotated.exists() else [path]


def _in_mailbox(url: SplitResult, message_id: str) -> bool:
    """RFC 3501, section 6.4.4: SEARCH HEADER."""
    make = imaplib.IMAP4_SSL if url.scheme == "imaps" else imaplib.IMAP4
    port = url.port or _PORTS[url.scheme]
    with make(url.hostname or "", port, timeout=_TIMEOUT) as mailbox:
        mailbox.login(unquote(url.username or ""), unquote(url.password or ""))
        mailbox.select(unquote(url.path.strip("/")) or "INBOX", readonly=True)
        status, found = mailbox.search(None, "HEADER", "Message-ID", f'"{message_id}"')
        if status != "OK":
            raise EvidenceAway("The mail server's traces cannot be searched.")
        return bool(found[0])
