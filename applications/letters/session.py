"""An SMTP session (RFC 5321, section 3) that makes the instants visible which a letter hangs on.

Until the final dot of DATA the server has nothing, however much of the body it got (section
4.1.1.4); from its reply on we know that it has everything (section 4.2.5). Only between the two can
nobody tell, so whoever sends a letter is told right before, and before the body begins.

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
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from applications.letters.errors import MailInDoubt, MailServerAway, MailUnavailable

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
_DOT = b".\r\n"
# So much of a letter is at most under way when its dot is sent, and is soon with the server even
# over a slow line: the dot must not arrive when somebody has looked for the letter in vain.
_ON_THE_LINE = 128 * 1024
# Nor when the line was cut, and the system would go on trying for a quarter of an hour (RFC 5482).
_UNDER_WAY = 180_000  # milliseconds
# What the server says to QUIT changes nothing any more.
_QUIT_TIMEOUT = 5.0

_LEADING_DOT = re.compile(rb"(?m)^\.")


def clock() -> float:
    """Seconds that never jump, and go on while the machine is suspended, as ``monotonic`` does not.

    https://man7.org/linux/man-pages/man2/clock_gettime.2.html
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class _Replies(io.RawIOBase):
    """What the server says, read until the connection gives up, however slowly it comes.

    A socket's own timeout begins anew with each byte.
    """

    def __init__(self, connection: "Session") -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        line, left = self._connection.line, self._connection.time_left()
        line.settimeout(min(line.gettimeout() or left, left))
        return line.recv_into(buffer)


class Session(smtplib.SMTP):
    """A connection that calls ``before_body`` before the server gets anything of the letter, and
    ``before_dot`` once it has all but the final dot.

    The latter's answer is the time (``clock()``) after which the dot must not go out any more.
    """

    acceptance: str = ""

    def __init__(
        self,
        *args: Any,
        before_body: Callable[[], None],
        before_dot: Callable[[], float],
        **options: Any,
    ) -> None:
        self.postponed: dict[str, tuple[int, bytes]] = {}
        self._before_body, self._before_dot = before_body, before_dot
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

    def hurry(self) -> None:
        """For what comes last, and for whatever it says: it changes nothing any more."""
        self.allow(_QUIT_TIMEOUT)

    def data(self, msg: Any) -> tuple[int, bytes]:
        if self.postponed:
            # Nobody has the letter yet: it goes to all of them later, rather than to some now.
            raise smtplib.SMTPRecipientsRefused(self.postponed)
        self._before_body()
        self.putcmd("data")
        code, reply = self.getreply()
        if code != _START_MAIL_INPUT:
            raise smtplib.SMTPDataError(code, reply)
        self._send_body(msg)
        try:
            deadline = self._before_dot()
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
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNDER_WAY)
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
            self.hurry()
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


class SessionOverTLS(Session, smtplib.SMTP_SSL):
    """The same over implicit TLS."""
