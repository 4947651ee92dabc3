"""Dumping and loading, each database engine by its own means."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from applications.backup import postgresql, sqlite

Settings = dict[str, Any]


@dataclass(frozen=True)
class _Engine:
    """``settings`` are those of the connection (Django's DATABASES)."""

    suffix: str
    dumped: Callable[[Settings], AbstractContextManager[Iterator[bytes]]]
    load: Callable[[Settings, Iterable[bytes]], None]


_ENGINES = {
    "sqlite": _Engine(sqlite.SUFFIX, sqlite.dumped, sqlite.load),
    "postgresql": _Engine(postgresql.SUFFIX, postgresql.dumped, postgresql.load),
}


def suffix() -> str:
    """What the name of a dump of this database ends in."""
    return _ENGINES[connection.vendor].suffix


def dumped() -> AbstractContextManager[Iterator[bytes]]:
    """The database as it is at one moment, in pieces. Nobody waits for it meanwhile.

    Raises BackupFailed, from inside the block too: what was read before is no backup then.
    """
    return _ENGINES[connection.vendor].dumped(connection.settings_dict)


def load(pieces: Iterable[bytes]) -> None:
    """Put the dump in the place of everything that the database holds, wholly or not at all.

    Nothing else may use the database meanwhile. Raises BackupFailed and BackupUnreadable.
    """
    engine, settings = _ENGINES[connection.vendor], connection.settings_dict
    connection.close()
    engine.load(settings, pieces)
