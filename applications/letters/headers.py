"""What stands in the headers of a letter."""

from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import punycode

from applications.letters.given_text import one_line
from applications.models import Application, Letter


def message_id(application: Application, kind: Letter.Kind) -> str:
    """The Message-ID of this letter, the same however often it is composed (RFC 5322 §3.6.4)."""
    return f"<{application.id}.{kind.value}@{_domain()}>"


def headers(application: Application, kind: Letter.Kind) -> dict[str, str]:
    """The headers that every letter carries, beside its subject and its addresses.

    ``Date`` is the moment the applicant pressed Apply Now, not the moment of sending: RFC 5322
    §3.6.1 asks for the time at which a message was put in its final form and queued, also when
    it travels much later. A letter that is sent again is therefore the same letter to the byte,
    and mail programs that compare Message-ID and Date show it once.

    ``Auto-Submitted`` (RFC 3834 §5) and Exchange's ``X-Auto-Response-Suppress`` keep holiday
    notes away: HR's would otherwise go to the applicant, for whom ``Reply-To`` stands.
    """
    return {
        "Message-ID": message_id(application, kind),
        "Date": format_datetime(timezone.localtime(application.submitted_at)),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def mailbox(name: str, address: str) -> str:
    """``name <address>`` in ASCII on one line, which Django takes over as it stands.

    A name beyond ASCII becomes encoded words of 75 characters at most with blanks between them,
    where the line is folded later (RFC 2047 §2); its domain becomes punycode. A name that only
    looks like an encoded word is encoded too, or its reader would decode it.
    """
    user, _at, domain = address.rpartition("@")
    ascii_address = f"{user}@{punycode(domain)}"
    name = one_line(name)
    if _stands_for_itself(name):
        return formataddr((name, ascii_address))
    return f"{Header(name, 'utf-8', header_name='Reply-To').encode(linesep='')} <{ascii_address}>"


def subject_header(subject: str) -> Header:
    """``subject`` as a header that folds within the limits of RFC 2047 §2."""
    charset = "us-ascii" if _stands_for_itself(subject) else "utf-8"
    return Header(subject, charset, header_name="Subject")


def _stands_for_itself(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _domain() -> str:
    """The domain that letters come from, else the site's."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.partition("@")[2] or urlsplit(settings.SITE_URL).hostname
    return punycode(domain or "localhost")
