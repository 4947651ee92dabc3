"""SQLite: its online backup, compressed.

https://www.sqlite.org/backup.html
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from applications.backup.errors import BackupFailed, BackupUnreadable
from applications.backup.streams import pieces_of

SUFFIX = "sqlite.gz"

_GZIP = zlib.MAX_WBITS | 16
# How long a writer of ours may hold the database while it is loaded, in seconds.
_PATIENCE = 60.0

Settings = dict[str, Any]


@contextmanager
def dumped(settings: Settings) -> Iterator[Iterator[bytes]]:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        try:
            with closing(_open(settings)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            raise BackupFailed(f"SQLite made no copy ({type(error).__name__}).") from None
        with copy.open("rb") as file:
            yield _compressed(pieces_of(file))


def load(settings: Settings, pieces: Iterable[bytes]) -> None:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        with copy.open("wb") as file:
            file.writelines(_decompressed(pieces))
        try:
            with closing(sqlite3.connect(copy)) as source, closing(_open(settings)) as target:
                _check(source)
                source.backup(target)
        except sqlite3.DatabaseError as error:
            raise BackupUnreadable(f"SQLite cannot read it: {error}") from None


def _open(settings: Settings) -> sqlite3.Connection:
    return sqlite3.connect(settings["NAME"], timeout=_PATIENCE, uri=True)


def _check(source: sqlite3.Connection) -> None:
    (found,) = source.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise BackupUnreadable("SQLite finds the backup damaged.")


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    engine = zlib.compressobj(wbits=_GZIP)
    for piece in pieces:
        yield engine.compress(piece)
    yield engine.flush()


def _decompressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(wbits=_GZIP)
    try:
        for piece in pieces:
            yield engine.decompress(piece)
    except zlib.error:
        raise BackupUnreadable("This is no backup of an SQLite database.") from None
    if not engine.eof:
        raise BackupUnreadable("The backup ends too early.")
