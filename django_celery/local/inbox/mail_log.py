"""What a Postfix writes down of each message, in a log of the same form.

Its smtpd(8) gives a message a queue id, its cleanup(8) names it with the Message-ID as soon as the
headers are there, its qmgr(8) once more when the message is queued. Of one that is not kept they
say why. https://www.postfix.org/OVERVIEW.html
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path

_PEER = "localhost[127.0.0.1]"
_END_OF_HEADERS = b"\r\n\r\n"


class MailLog:
    """The file; it is there from the beginning on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.touch()

    def write(self, *lines: str) -> None:
        now = datetime.now(UTC).isoformat()
        with self._path.open("a") as file:
            # In one piece: several messages are on their way at once.
            file.write("".join(f"{now} inbox postfix/{line}\n" for line in lines))


class Passage:
    """What is written down of one message. ``session`` is the number of the SMTP session."""

    def __init__(self, log: MailLog, *, session: int) -> None:
        self._log = log
        self._session = session
        self._queue_id = f"{time.time_ns():X}"
        self._head = b""
        self._is_named = False
        self._size = 0

    def hear(self, data: bytes) -> None:
        """The next bytes of headers and body."""
        self._size += len(data)
        if self._is_named:
            return
        self._head += data
        if _END_OF_HEADERS in self._head:
            self._is_named = True
            message_id = BytesHeaderParser().parsebytes(self._head).get("Message-ID", "")
            self._log.write(
                f"smtpd[{self._session}]: {self._queue_id}: client={_PEER}",
                f"cleanup[1]: {self._queue_id}: message-id={message_id}",
            )

    def break_off(self) -> None:
        """The client is gone before the final dot."""
        self._log.write(
            f"smtpd[{self._session}]: lost connection after DATA ({self._size} bytes) from {_PEER}"
        )

    def refuse(self) -> None:
        """The message is whole, and not kept."""
        self._log.write(
            f"cleanup[1]: {self._queue_id}: milter-reject: END-OF-MESSAGE from {_PEER}: 4.7.1"
        )

    def queue(self, content: bytes, *, sender: str, recipients: Sequence[str]) -> None:
        """The message is kept."""
        envelope = f"from=<{sender}>, size={len(content)}, nrcpt={len(recipients)}"
        self._log.write(f"qmgr[1]: {self._queue_id}: {envelope} (queue active)")
