"""A letter as a MIME message."""

from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from hashlib import sha256
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives

from applications.letters.headers import folded_subject

LOGO_ID = "logo"

# Every part in 7 bits and in lines of 76 characters, whatever the text: no server on the way has
# a reason to recode it, which would break the sender's DKIM signature.
_QUOTED_PRINTABLE = Charset("utf-8")
_QUOTED_PRINTABLE.body_encoding = QP


class _OnOneLine(Header):
    """A header that is never folded.

    A Message-ID on a line of its own is legal, but not every program that compares them finds it.
    """

    def encode(self, *_args: Any, **_options: Any) -> str:
        return str(self)


class LetterMessage(EmailMultiAlternatives):
    """Django's message, except that composing it again gives the same bytes.

    ``logo`` is the PNG that its HTML shows as ``cid:`` LOGO_ID, or empty.
    """

    encoding = _QUOTED_PRINTABLE
    logo = b""

    # The stubs describe Django 6, where message() takes a policy.
    def message(self) -> Message:  # type: ignore[override]
        mime = super().message()
        if self.logo:
            _add_beside_html(mime, _inline(self.logo))
        mime.replace_header("Subject", folded_subject(str(self.subject)))
        mime.replace_header("Message-ID", _OnOneLine(self.extra_headers["Message-ID"]))
        self._set_boundaries(mime)
        return mime

    def _set_boundaries(self, mime: Message) -> None:
        """Boundaries made of the Message-ID instead of chance.

        One that begins with ``=_`` occurs neither in base64 nor in quoted-printable (RFC 2045
        §6.7), so no text can pretend to end its part.
        """
        mark = sha256(self.extra_headers["Message-ID"].encode()).hexdigest()[:32]
        multiparts = (part for part in mime.walk() if part.is_multipart())
        for number, part in enumerate(multiparts):
            part.set_boundary(f"=_{mark}_{number}")


def _add_beside_html(mime: Message, picture: Message) -> None:
    """Make one part of the HTML and its picture, so that no program lists it as an attachment.

    https://www.rfc-editor.org/rfc/rfc2387
    """
    alternatives = next(
        part for part in mime.walk() if part.get_content_type() == "multipart/alternative"
    )
    parts = cast("list[Message]", alternatives.get_payload())
    related = MIMEMultipart("related", type="text/html")
    related.attach(parts[-1])
    related.attach(picture)
    parts[-1] = related


def _inline(png: bytes) -> Message:
    part = MIMEImage(png, "png")
    part.add_header("Content-ID", f"<{LOGO_ID}>")
    part.add_header("Content-Disposition", "inline", filename="logo.png")
    return part
