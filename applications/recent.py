"""What was at hand a moment ago, for whoever needs it next in the same process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock


class Recent:
    """Contents by their SHA-256: no more than ``room`` bytes, none older than ``lasting`` seconds.

    A content under its own hash is never out of date. What is past its time goes with the next
    call. Threads may share one.
    """

    def __init__(
        self, *, room: int, lasting: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._room = room
        self._lasting = lasting
        self._clock = clock
        self._taken = 0
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def keep(self, sha256: str, content: bytes) -> None:
        """The oldest make room for it."""
        with self._lock:
            self._forget(sha256)
            self._kept[sha256] = self._clock(), content
            self._taken += len(content)
            self._tidy()

    def find(self, sha256: str) -> bytes | None:
        with self._lock:
            self._tidy()
            _since, content = self._kept.get(sha256, (0.0, None))
            return content

    def _tidy(self) -> None:
        while self._kept and (self._taken > self._room or self._is_over()):
            self._forget(next(iter(self._kept)))

    def _is_over(self) -> bool:
        since, _content = next(iter(self._kept.values()))
        return self._clock() - since > self._lasting

    def _forget(self, sha256: str) -> None:
        _since, content = self._kept.pop(sha256, (0.0, b""))
        self._taken -= len(content)
