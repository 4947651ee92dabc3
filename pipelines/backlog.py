"""Steps that wait for a worker, and how often the broker is asked whether it still has them."""

from datetime import datetime, timedelta

# How long a message may be on its way before the sweep asks the broker whether it still has it.
GRACE = timedelta(seconds=8)
# How long the broker's word that it has them all holds: counting a long backlog is dear.
_WORD = timedelta(seconds=3)


class Backlog:
    """Remembers when the broker had all that was overdue. Times are aware and passed in."""

    def __init__(self) -> None:
        self._whole_at: datetime | None = None

    def overdue_by(self, now: datetime) -> datetime | None:
        """What was sent by then the broker is to be asked about. None: it was, a moment ago."""
        if self._whole_at is not None and abs(now - self._whole_at) < _WORD:
            return None
        return now - GRACE

    def found_whole(self, now: datetime) -> None:
        """The broker was asked then, and nothing overdue was missing."""
        self._whole_at = now
