"""Handing one message to the mail server: its answers, sorted by what they mean for the letter."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from applications.letters.errors import (
    MailAccountRefused,
    MailRefused,
    MailServerAway,
    from_recipients,
    from_reply,
)
from applications.letters.session import Session, SessionOverTLS
from pipelines.definition import StepError

_TOO_LARGE = 552


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The server has taken the message: its reply, and how many recipients it refused."""

    reply: str
    refused: int


class _Backend(EmailBackend):
    """Django's SMTP backend (its settings, its TLS, its login) with our session."""

    def __init__(self, before_body: Callable[[], None], before_dot: Callable[[], float]) -> None:
        super().__init__()
        self._before_body = before_body
        self._before_dot = before_dot

    @property
    def connection_class(self) -> Callable[..., Session]:  # type: ignore[override]
        # Django calls it, and nothing else.
        session = SessionOverTLS if self.use_ssl else Session
        return partial(session, before_body=self._before_body, before_dot=self._before_dot)


@contextmanager
def handed_over(
    message: EmailMultiAlternatives,
    *,
    before_body: Callable[[], None],
    before_dot: Callable[[], float],
) -> Iterator[Acceptance]:
    """Hand the message over, and enter the block as soon as the server has accepted it.

    ``before_body`` is called before the server gets anything of the message, which it may have
    refused already for its sender or recipients; ``before_dot`` in the instant before the server
    gets the end of the body, and it returns until when (``session.clock()``) that may be sent.

    Raises MailUnavailable and MailRefused when the server certainly does not have it, and
    MailInDoubt when that is unknown; what the two raise comes through.
    """
    backend = _Backend(before_body, before_dot)
    try:
        yield _try(backend, message)
    finally:
        _close(backend)


def _try(backend: _Backend, message: EmailMultiAlternatives) -> Acceptance:
    try:
        _open(backend)
        return _send(backend.connection, message)
    except smtplib.SMTPRecipientsRefused as error:
        raise from_recipients(error.recipients) from None
    except smtplib.SMTPSenderRefused as error:
        raise _from_sender(error.smtp_code) from None
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
        raise MailServerAway(f"The mail server does not serve us ({error.smtp_code}).") from None
    except smtplib.SMTPResponseException as error:
        raise from_reply(error.smtp_code) from None
    except OSError as error:
        raise MailServerAway(
            f"The mail server cannot be reached ({type(error).__name__})."
        ) from None


def _open(backend: _Backend) -> None:
    """Whatever is said before the server has seen a letter is no refusal of the letter."""
    try:
        backend.open()
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError):
        raise
    except smtplib.SMTPResponseException as error:
        if isinstance(from_reply(error.smtp_code), MailRefused):
            raise _account_refused(error.smtp_code) from None
        raise


def _from_sender(code: int) -> StepError:
    """A refusal of our address or quota is no refusal of the letter, unless it is too large."""
    if code == _TOO_LARGE:
        return from_reply(code)
    return _account_refused(code)


def _account_refused(code: int) -> StepError:
    return MailAccountRefused(f"The mail server does not take letters from us now ({code}).")


def _send(connection: Any, message: EmailMultiAlternatives) -> Acceptance:
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
        if isinstance(backend.connection, Session):
            backend.connection.hurry()
        backend.close()
    except OSError:
        backend.connection = None
