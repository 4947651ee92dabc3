"""A circuit breaker: after a failure, leave the broken thing alone for a moment."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class CircuitOpen(Exception):
    """The last call failed a moment ago; this one was not tried."""


class Breaker:
    """Guards calls to a server that may be gone, so that nobody waits for it twice.

    After one of the ``errors`` the circuit stays open for ``rest`` seconds, in which ``guard()``
    raises CircuitOpen at once. It keeps no lock: two threads may both try, which is harmless.
    """

    def __init__(self, *, errors: tuple[type[Exception], ...], rest: float) -> None:
        self._errors = errors
        self._rest = rest
        self._closed_again_at = 0.0

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Raises CircuitOpen instead of entering while the circuit is open."""
        if time.monotonic() < self._closed_again_at:
            raise CircuitOpen
        try:
            yield
        except self._errors:
            self._closed_again_at = time.monotonic() + self._rest
            raise
