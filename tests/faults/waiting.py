"""Waiting for something, and for no longer than one should."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Trouble(Exception):
    """A harm did not take the course that it should."""


class TooLate(Trouble):
    """What was waited for did not happen in time."""


def wait_for(look: Callable[[], T], what: str, *, limit: float = 60, each: float = 0.05) -> T:
    """What the first look finds that finds something, ``each`` so many seconds. Raises TooLate."""
    deadline = time.monotonic() + limit
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TooLate(f"After {limit:.0f} seconds: not yet {what}.")
        time.sleep(each)
    return found
