"""Leases that ran out although their holders live: nobody could renew them for a while.

The database was away, one lock held up everybody, the machine slept, the clock was put forward or,
after that, back. Whoever then sweeps first must not take all who work for dead: they renew within a
few heartbeats.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from pipelines.heartbeat import INTERVAL
from pipelines.ledger import LEASE

# A shorter stall lets no lease run out: at least one beat came through before or after it.
_STALL = LEASE - 2 * timedelta(seconds=INTERVAL)
# So long after a stall everybody who lives has renewed.
_MERCY = timedelta(seconds=2 * INTERVAL + 2)


class Stalls:
    """Watches the looks at the leases that got through. Times are aware and passed in."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None
        self._began_at: datetime | None = None
        self._forgiven_until: datetime | None = None

    @contextmanager
    def look(self, now: datetime) -> Iterator[datetime]:
        """Around a look that begins now: who holds a lease that ended by then is dead.

        It got through unless the block raises.
        """
        yield self._lapsed_by(now)
        self._looked_at = now

    def _lapsed_by(self, now: datetime) -> datetime:
        if self._looked_at is not None and abs(now - self._looked_at) > _STALL:
            self._began_at, self._forgiven_until = min(self._looked_at, now), now + _MERCY
        if self._began_at is None or self._forgiven_until is None or now >= self._forgiven_until:
            return now
        return self._began_at
