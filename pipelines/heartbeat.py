"""One thread per process that keeps the leases of all running attempts alive."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connections
from django.utils import timezone

from pipelines import ledger
from pipelines.ledger import Claim

INTERVAL = 4.0  # seconds; three beats fit into a lease

logger = logging.getLogger(__name__)


class Heart:
    """Renews the leases of the claims it holds, each no longer than its step may take.

    A step that hangs beyond its timeout loses its lease like one whose worker was killed.
    """

    def __init__(self, *, interval: float = INTERVAL) -> None:
        self._interval = interval
        self._lock = threading.Lock()
        self._held: dict[Claim, float] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def beating(self, claim: Claim, *, timeout: float) -> Iterator[None]:
        """Keep the claim's lease alive inside the block, for ``timeout`` seconds at most."""
        with self._lock:
            self._held[claim] = time.monotonic() + timeout
            self._start()
        try:
            yield
        finally:
            with self._lock:
                del self._held[claim]

    def _start(self) -> None:
        # Not at import: a thread does not survive the fork of a worker process.
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
            self._thread.start()

    def _beat(self) -> None:
        while True:
            time.sleep(self._interval)
            self._renew()

    def _renew(self) -> None:
        now = time.monotonic()
        with self._lock:
            alive = [claim for claim, end in self._held.items() if now < end]
        if not alive:
            return
        try:
            ledger.renew(alive, now=timezone.now())
        except Error as error:
            # The next beat tries again; a lease that runs out meanwhile is handled by the sweep.
            logger.warning("Could not renew %d leases: %s", len(alive), type(error).__name__)
        finally:
            # Few steps live for a second beat: no connection of this thread's waits for one.
            connections.close_all()


heart = Heart()
