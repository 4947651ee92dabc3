"""Handing one message to the mail server, with the instant before the body made visible.

Until the final dot of DATA the server has nothing; from its reply on we know that it has
everything (RFC 5321, section 4.2.5). Only between the two can nobody tell, so whoever sends
a letter is told right before, and again as soon as the reply is in.
"""

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from applications.letters.errors import (
    MailInDoubt,
    MailServerAway,
    from_recipients,
    from_reply,
)

# RFC 5321, section 4.5.3.2.6 would wait for 10 minutes here.
_REPLY_TIMEOUT = 90.0
_START_MAIL_INPUT = 354

_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The server has taken the message: its reply, and how many recipients it refused."""

    reply: str
    refused: int


class _Announced(smtplib.SMTP):
    """An SMTP connection that calls ``before_body`` once the server waits for the body."""

    before_body: Callable[[], None]
    acceptance: str = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.putcmd("data")
        code, reply = self.getreply()
        if code != _START_MAIL_INPUT:
            raise smtplib.SMTPDataError(code, reply)
        self._announce()
        try:
            return self._hand_over(msg)
        except (OSError, smtplib.SMTPServerDisconnected):
            raise MailInDoubt("The mail server fell silent after it got the letter.") from None

    def _announce(self) -> None:
        try:
            self.before_body()
        except BaseException:
            # The server waits for a body: whatever we say now would be taken for one.
            self.close()
            raise

    def _hand_over(self, msg: bytes) -> tuple[int, bytes]:
        if self.sock is not None:
            self.sock.settimeout(_REPLY_TIMEOUT)
        self.send(_LEADING_DOT.sub(b"..", msg).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, reply = self.getreply()
        self.acceptance = f"{code} {reply.decode(errors='replace')}"
        return code, reply


class _AnnouncedOverTLS(_Announced, smtplib.SMTP_SSL):
    """The same over implicit TLS."""


class _Backend(EmailBackend):
    """Django's SMTP backend (its settings, its TLS, its login) with our connection class."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _AnnouncedOverTLS if self.use_ssl else _Announced


def send(message: EmailMultiAlternatives, *, before_body: Callable[[], None]) -> Acceptance:
    """Hand the message over. ``before_body`` is called in the instant before its body goes out.

    Raises MailUnavailable and MailRefused when the server certainly does not have it, and
    MailInDoubt when that is unknown; what ``before_body`` raises comes through.
    """
    backend = _Backend()
    try:
        backend.open()
        return _send(backend.connection, message, before_body)
    except smtplib.SMTPRecipientsRefused as error:
        raise from_recipients(error.recipients) from None
    except smtplib.SMTPResponseException as error:
        raise from_reply(error.smtp_code) from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerAway(
            f"The mail server cannot be reached ({type(error).__name__})."
        ) from None
    finally:
        _close(backend)


def _send(
    connection: Any, message: EmailMultiAlternatives, before_body: Callable[[], None]
) -> Acceptance:
    connection.before_body = before_body
    refused = connection.sendmail(
        sanitize_address(message.from_email, "utf-8"),
        [sanitize_address(address, "utf-8") for address in message.recipients()],
        # The stubs describe Django 6, where this is an argument of the policy.
        message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]
    )
    return Acceptance(connection.acceptance, len(refused))


def _close(backend: EmailBackend) -> None:
    # The letter's fate is known by now: a server that is rude about QUIT changes nothing.
    try:
        backend.close()
    except (OSError, smtplib.SMTPException):
        backend.connection = None
