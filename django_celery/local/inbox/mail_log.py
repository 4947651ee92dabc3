"""The traces that a Postfix leaves of each message it has accepted, in a log of the same form.

Its cleanup(8) names the queue id with the Message-ID, its qmgr(8) names it again once the message
is queued. https://www.postfix.org/OVERVIEW.html
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path

from django_celery.local.inbox.store import Store


class LoggingStore(Store):
    """A store that also writes into a mail log what it has kept."""

    def __init__(self, folder: Path, *, log: Path) -> None:
        super().__init__(folder)
        self._log = log
        self._log.touch()

    def add(self, content: bytes, *, sender: str, recipients: Sequence[str]) -> str:
        """As in a Postfix, the traces are there before the client is answered."""
        name = super().add(content, sender=sender, recipients=recipients)
        message_id = BytesHeaderParser().parsebytes(content).get("Message-ID", "")
        envelope = f"from=<{sender}>, size={len(content)}, nrcpt={len(recipients)}"
        queue_id = name.replace("-", "").upper()
        self._write(
            f"cleanup[1]: {queue_id}: message-id={message_id}",
            f"qmgr[1]: {queue_id}: {envelope} (queue active)",
        )
        return name

    def _write(self, *lines: str) -> None:
        now = datetime.now(UTC).isoformat()
        with self._log.open("a") as file:
            # In one piece: several messages are kept at once.
            file.write("".join(f"{now} inbox postfix/{line}\n" for line in lines))
