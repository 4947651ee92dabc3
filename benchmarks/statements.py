"""Counting SQL statements, of whichever process, as the database itself logs them."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from django_celery.local.process import Process
from django_celery.local.stack import Stack

_LOGGED = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")
_KINDS = {
    "transactions": re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE"),
    "health checks": re.compile(r"SELECT 1$"),
    "ledger": re.compile(r'[^"]*"pipelines_|SELECT .* FROM "pipelines_'),
    "applications": re.compile(r'[^"]*"applications_|SELECT .* FROM "applications_'),
}
_OTHER = "other"
_TO_BE_HEARD = 0.5  # seconds in which every session has heard of a changed setting

Counts = dict[str, float]


def of(stack: Stack, work: Callable[[], None], *, idle: float) -> Counts:
    """Statements by kind that ``work`` makes, in any process.

    What all processes ask while there is nothing to do is counted for ``idle`` seconds before,
    and taken off.
    """
    with _logged(stack):
        resting, rest = _during(stack["postgres"], lambda: time.sleep(idle))
        working, spell = _during(stack["postgres"], work)
    return {kind: working[kind] - resting[kind] * spell / rest for kind in working}


@contextmanager
def unlogged() -> Iterator[None]:
    """What this thread asks inside the block is not counted."""
    with connection.cursor() as cursor:
        cursor.execute("SET log_statement = 'none'")
        yield
        cursor.execute("RESET log_statement")


def kinds(lines: Iterable[str]) -> Counter[str]:
    """How many statements of each kind a server's log has."""
    found = (_LOGGED.search(line) for line in lines)
    return Counter(_kind(match[1]) for match in found if match)


def _kind(statement: str) -> str:
    return next((name for name, form in _KINDS.items() if form.match(statement)), _OTHER)


def _during(server: Process, work: Callable[[], None]) -> tuple[Counter[str], float]:
    """What the server was asked meanwhile, and for how long that was."""
    skip = len(server.output)
    began = time.monotonic()
    work()
    return kinds(server.output[skip:].splitlines()), time.monotonic() - began


@contextmanager
def _logged(stack: Stack) -> Iterator[None]:
    """Inside the block the server logs every statement: dear, so not for measuring time."""
    _configure(stack, "all")
    try:
        yield
    finally:
        _configure(stack, "none")


def _configure(stack: Stack, what: str) -> None:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as session:
        session.execute(f"ALTER SYSTEM SET log_statement = '{what}'")
        session.execute("SELECT pg_reload_conf()")
    time.sleep(_TO_BE_HEARD)
