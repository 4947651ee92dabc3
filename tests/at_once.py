"""The same work done by several threads in the same instant, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(work: Callable[[], T], *, times: int = 2) -> list[T]:
    """What each of them returned. For tests with ``transaction=True``."""
    start = Barrier(times)

    def take_part() -> T:
        start.wait(10)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [each.result() for each in [pool.submit(take_part) for _turn in range(times)]]
