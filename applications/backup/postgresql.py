"""PostgreSQL: pg_dump and pg_restore, which come with its client programs.

https://www.postgresql.org/docs/current/app-pgdump.html
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from applications.backup.errors import BackupFailed, BackupUnreadable
from applications.backup.streams import pieces_of

SUFFIX = "pgdump"

# The custom format is compressed, and begins with this.
_MARK = b"PGDMP"
_DUMP = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges")
_RESTORE = (
    *("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges"),
    *("--single-transaction", "--exit-on-error"),
)
# libpq's own variables, so that no password stands in a command line.
# https://www.postgresql.org/docs/current/libpq-envars.html
_VARIABLES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}

Settings = dict[str, Any]


@contextmanager
def dumped(settings: Settings) -> Iterator[Iterator[bytes]]:
    with _started(_DUMP, settings, stdin=None) as process:
        yield _until_the_end(process)


def load(settings: Settings, pieces: Iterable[bytes]) -> None:
    """Whole first, on the disk: a stream that breaks off must not have begun to change anything."""
    with TemporaryFile() as file:
        file.writelines(pieces)
        file.seek(0)
        if file.read(len(_MARK)) != _MARK:
            raise BackupUnreadable("This is no backup of a PostgreSQL database.")
        # Of the file itself: the program knows nothing of Python's buffer.
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        # pg_restore wants to know where its database is told on the command line: by name alone.
        command = (*_RESTORE, f"--dbname={settings['NAME']}")
        with _started(command, settings, stdin=file) as process:
            for _output in _until_the_end(process):
                pass


@contextmanager
def _started(
    command: tuple[str, ...], settings: Settings, *, stdin: IO[bytes] | None
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(  # noqa: S603 (fixed programs, and nothing from outside)
            command,
            env={**os.environ, **_environment(settings)},
            stdin=stdin or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # It may quote a row.
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise BackupFailed(
            f"There is no program {command[0]} here: install PostgreSQL's client programs."
        ) from None
    with process:
        try:
            yield process
        finally:
            process.kill()


def _until_the_end(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    if process.stdout is not None:
        yield from pieces_of(process.stdout)
    if code := process.wait():
        raise BackupFailed(
            f"PostgreSQL's program ended with {code}; it must not be older than the server."
        )


def _environment(settings: Settings) -> dict[str, str]:
    known = {variable: str(settings.get(key, "")) for key, variable in _VARIABLES.items()}
    mode = settings.get("OPTIONS", {}).get("sslmode", "")
    return {key: value for key, value in {**known, "PGSSLMODE": mode}.items() if value}
