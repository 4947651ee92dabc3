"""A letter as a MIME message."""

from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from hashlib import sha256
from typing import Any

from django.core.mail import EmailMultiAlternatives

from applications.letters.headers import folded_subject

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
    """Django's message, except that composing it again gives the same bytes."""

    encoding = _QUOTED_PRINTABLE

    # The stubs describe Django 6, where message() takes a policy.
    def message(self) -> Message:  # type: ignore[override]
        mime = super().message()
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
