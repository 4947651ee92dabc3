"""Handing one message to the mail server, with the instant before its final dot made visible.

Until the final dot of DATA the server has nothing, however much of the body it got (RFC 5321,
section 4.1.1.4); from its reply on we know that it has everything (section 4.2.5). Only between
the two can nobody tell, so whoever sends a letter is told right before, and again as soon as the
reply is in.

A process may be stopped at any instant and go on much later, when another one has sent the letter.
So the dot goes out before a given time or never: one look at the clock, then one system call that
waits for nothing, not even for the interpreter's lock. The clock goes on while the machine sleeps.
"""

import io
import re
import select
import smtplib
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from applications.letters.errors import (
    MailAccountRefused,
    MailInDoubt,
    MailRefused,
    MailServerAway,
    MailUnavailable,
    from_recipients,
    from_reply,
)
from pipelines.definition import StepError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# For all that comes before the dot. Together with the wait for the reply it ends before a step's
# lease does: else a second worker would find a letter in doubt that the first one still waits for.
_UNTIL_DOT = 180.0  # seconds
# RFC 5321, section 4.5.3.2.6 would wait for 10 minutes here.
_REPLY_TIMEOUT = 90.0
_START_MAIL_INPUT = 354
_OK = 250
_POSITIVE = range(200, 300)
_REPLY_CODES = range(200, 600)
_GREYLISTED = frozenset({421, 450, 451})
_TOO_LARGE = 552
_DOT = b".\r\n"
# So much of a letter is at most under way when its dot is sent, and is soon with the server even
# over a slow line: the dot must not arrive when somebody has looked for the letter in vain.
_ON_THE_LINE = 128 * 1024
# What the server says to QUIT changes nothing any more.
_QUIT_TIMEOUT = 5.0

_LEADING_DOT = re.compile(rb"(?m)^\.")


def clock() -> float:
    """Seconds that never jump, and go on while the machine is suspended, as ``monotonic`` does not.

    https://man7.org/linux/man-pages/man2/clock_gettime.2.html
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The server has taken the message: its reply, and how many recipients it refused."""

    reply: str
    refused: int


class _Replies(io.RawIOBase):
    """What the server says, read until the connection gives up, however slowly it comes.

    A socket's own timeout begins anew with each byte.
    """

    def __init__(self, connection: "_Announced") -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        line, left = self._connection.line, self._connection.time_left()
        line.settimeout(min(line.gettimeout() or left, left))
        return line.recv_into(buffer)


class _Announced(smtplib.SMTP):
    """An SMTP connection that calls ``before_dot`` once the server has all but the final dot.

    Its answer is the time (``clock()``) after which the dot must not go out any more.
    """

    before_dot: Callable[[], float]
    acceptance: str = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.postponed: dict[str, tuple[int, bytes]] = {}
        self._give_up_at = clock() + _UNTIL_DOT
        super().__init__(*args, **options)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = io.BufferedReader(_Replies(self))
        return super().getreply()

    def allow(self, seconds: float) -> None:
        """So long for what comes next."""
        self._give_up_at = clock() + seconds
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def data(self, msg: Any) -> tuple[int, bytes]:
        if self.postponed:
            # Nobody has the letter yet: it goes to all of them later, rather than to some now.
            raise smtplib.SMTPRecipientsRefused(self.postponed)
        self.putcmd("data")
        code, reply = self.getreply()
        if code != _START_MAIL_INPUT:
            raise smtplib.SMTPDataError(code, reply)
        self._send_body(msg)
        try:
            deadline = self.before_dot()
            self._send_dot(deadline)
        except BaseException:
            # The server waits for the rest: whatever we say now would be taken for it.
            self.close()
            raise
        try:
            return self._end_body()
        except OSError:
            raise MailInDoubt("The mail server fell silent after it got the letter.") from None

    def _send_body(self, body: bytes) -> None:
        line = self.line
        line.settimeout(self.time_left())
        # The dot is a packet of its own, which must not wait for the body's acknowledgement.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ON_THE_LINE)
        self.send(_LEADING_DOT.sub(b"..", body).removesuffix(b"\r\n") + b"\r\n")
        self._wait_for_room()

    def _wait_for_room(self) -> None:
        """So that the dot can be sent without waiting."""
        if not _events(self.line, select.POLLOUT, self.time_left()):
            raise TimeoutError("The mail server takes no more of the letter.")

    def time_left(self) -> float:
        """Seconds. Raises TimeoutError when there are none."""
        left = self._give_up_at - clock()
        if left <= 0:
            raise TimeoutError("The mail server is too slow to take the letter.")
        return left

    def _send_dot(self, deadline: float) -> None:
        self._heed_departure()
        line = self.line
        line.setblocking(False)
        if clock() > deadline:
            raise MailUnavailable("The letter was held up right before it went out.")
        try:
            line.send(_DOT)
        except OSError:
            # Such a call has sent nothing, or over TLS no record that can be read.
            raise MailServerAway("The connection broke right before the letter's end.") from None

    def _heed_departure(self) -> None:
        """A server that has hung up gets no dot; what it said last is its answer, if it did."""
        if _events(self.line, select.POLLRDHUP, 0):
            self.allow(_QUIT_TIMEOUT)
            raise smtplib.SMTPDataError(*self.getreply())

    def _end_body(self) -> tuple[int, bytes]:
        self.allow(_REPLY_TIMEOUT)
        code, reply = self.getreply()
        if code not in _REPLY_CODES:
            raise MailInDoubt("The mail server's reply to the letter cannot be read.")
        self.acceptance = f"{code} {reply.decode(errors='replace')}"
        # smtplib knows one word for yes; RFC 5321, section 4.2.1 has a hundred.
        return (_OK if code in _POSITIVE else code), reply

    @property
    def line(self) -> socket.socket:
        """Raises SMTPServerDisconnected when there is none."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("The mail server has closed the connection.")
        return self.sock

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        code, reply = super().rcpt(recip, options)
        if code in _GREYLISTED:
            self.postponed[recip] = (code, reply)
        return code, reply


def _events(line: socket.socket, events: int, seconds: float) -> int:
    """Which of these (or of a line's ends) are there now, or within so many seconds."""
    watch = select.poll()
    watch.register(line, events)
    return sum(found for _line, found in watch.poll(seconds * 1000))


class _AnnouncedOverTLS(_Announced, smtplib.SMTP_SSL):
    """The same over implicit TLS."""


class _Backend(EmailBackend):
    """Django's SMTP backend (its settings, its TLS, its login) with our connection class."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _AnnouncedOverTLS if self.use_ssl else _Announced


@contextmanager
def handed_over(
    message: EmailMultiAlternatives, *, before_dot: Callable[[], float]
) -> Iterator[Acceptance]:
    """Hand the message over, and enter the block as soon as the server has accepted it.

    ``before_dot`` is called in the instant before the server gets the end of the body, and returns
    until when (``clock()``) it may be sent. Raises MailUnavailable and MailRefused when
    the server certainly does not have it, and MailInDoubt when that is unknown; what
    ``before_dot`` raises comes through.
    """
    backend = _Backend()
    try:
        yield _try(backend, message, before_dot)
    finally:
        _close(backend)


def _try(
    backend: _Backend, message: EmailMultiAlternatives, before_dot: Callable[[], float]
) -> Acceptance:
    try:
        _open(backend)
        return _send(backend.connection, message, before_dot)
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


def _send(
    connection: Any, message: EmailMultiAlternatives, before_dot: Callable[[], float]
) -> Acceptance:
    connection.before_dot = before_dot
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
        if isinstance(backend.connection, _Announced):
            backend.connection.allow(_QUIT_TIMEOUT)
        backend.close()
    except OSError:
        backend.connection = None
