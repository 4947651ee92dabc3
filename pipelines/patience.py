"""What has happened must not be forgotten because the database is away for a moment."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import (
    InterfaceError,
    InternalError,
    OperationalError,
    close_old_connections,
    connections,
)

T = TypeVar("T")

# InternalError: a server that has become read-only, or has ended a transaction that stood still.
# https://www.postgresql.org/docs/current/errcodes-appendix.html (class 25)
DATABASE_AWAY = (OperationalError, InterfaceError, InternalError)
_PAUSE = 0.5  # seconds between two tries


def patiently(record: Callable[[], T], *, lasting: timedelta) -> T:
    """What ``record`` returns, tried again and again while the database is away.

    Raises the database's error once it has been away for ``lasting``. ``record`` must bear being
    called again after it was done and only the answer got lost.
    """
    give_up = time.monotonic() + lasting.total_seconds()
    while True:
        began = time.monotonic()
        try:
            return record()
        except DATABASE_AWAY as error:
            # Not the time now: a process that was stopped meanwhile has not tried in vain yet.
            if began >= give_up:
                raise
            time.sleep(_PAUSE)
            _leave(error)


def _leave(error: Exception) -> None:
    """A server that only reads still answers whoever asks whether the connection is sound."""
    if isinstance(error, InternalError):
        connections.close_all()
    close_old_connections()
