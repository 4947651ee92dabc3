"""Not too much at once."""

import time


class Pace:
    """Lets calls through one after another, at most so many a second. Not for several threads."""

    def __init__(self, *, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    def wait(self) -> None:
        """Returns when the next call may be made."""
        now = time.monotonic()
        time.sleep(max(0.0, self._next - now))
        self._next = max(now, self._next) + self._gap
