"""Waiting for a condition with a limit: never for luck."""

import time
from collections.abc import Callable


def wait_for(condition: Callable[[], object], *, limit: float = 10) -> None:
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
