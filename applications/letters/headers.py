"""What stands in the headers of a letter."""

from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import punycode

from applications.models import Letter
from applications.text import one_line


def message_id(kind: Letter.Kind, about: str) -> str:
    """The Message-ID of this letter, the same however often it is composed (RFC 5322 §3.6.4)."""
    return f"<{_key(kind, about)}@{domain()}>"


def headers(kind: Letter.Kind, about: str, *, written_at: datetime) -> dict[str, str]:
    """The headers that every letter carries, beside its subject and its addresses.

    ``written_at`` (aware) becomes its ``Date``: such as the moment the applicant pressed Apply
    Now, and never the moment of sending. RFC 5322 §3.6.1 asks for the time at which a message was
    put in its final form and queued, also when it travels much later. A letter that is sent again
    is therefore the same letter to the byte, and mail programs that compare Message-ID and Date
    show it once.

    ``Auto-Submitted`` (RFC 3834 §5) and Exchange's ``X-Auto-Response-Suppress`` keep holiday
    notes away: HR's would otherwise go to the applicant, for whom ``Reply-To`` stands.
    """
    return {
        "Message-ID": message_id(kind, about),
        "Date": format_datetime(timezone.localtime(written_at)),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **_idempotency_key(kind, about),
    }


def _idempotency_key(kind: Letter.Kind, about: str) -> dict[str, str]:
    """By which a provider that takes one knows a letter that it has already."""
    header = settings.EMAIL_IDEMPOTENCY_HEADER
    return {header: _key(kind, about)} if header else {}


def _key(kind: Letter.Kind, about: str) -> str:
    """Kind and ``about`` as a dot-atom (RFC 5322 §3.2.3), another for each two."""
    return f"{quote(about, safe='').replace('.', '%2E')}.{kind.value}"


def mailbox(name: str, address: str) -> str:
    """``name <address>`` in ASCII on one line, which Django takes over as it stands.

    A name beyond ASCII becomes encoded words with blanks between them, where the line is folded
    later; the domain becomes punycode.
    """
    user, _at, host = address.rpartition("@")
    ascii_address = f"{user}@{punycode(host)}"
    name = one_line(name)
    if _needs_encoding(name):
        return f"{_encoded('Reply-To', name, between='')} <{ascii_address}>"
    return formataddr((name, ascii_address))


def folded_subject(subject: str) -> str:
    """``subject`` in lines, encoded where it needs to be."""
    if _needs_encoding(subject):
        return _encoded("Subject", subject, between="\n")
    return Header(subject, header_name="Subject").encode()


def _encoded(header: str, text: str, *, between: str) -> str:
    """``text`` as encoded words, on lines of 76 characters at most (RFC 2047 §2)."""
    words = Header(text, "utf-8", maxlinelen=76, header_name=header)
    return words.encode(linesep=between)


def _needs_encoding(text: str) -> bool:
    """Beyond ASCII, or like an encoded word already: its reader would decode it."""
    return not text.isascii() or "=?" in text


def domain() -> str:
    """The domain that letters come from, else the site's."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = address.partition("@")[2] or urlsplit(settings.SITE_URL).hostname
    return punycode(host or "localhost")
