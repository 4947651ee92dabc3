"""The stack's database server: a second database beside the first, and no tidying up."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Composed, Identifier


@contextmanager
def copied_as(name: str) -> Iterator[None]:
    """Inside the block the database, as it is now, is there under this name, too.

    Nobody else may be connected to it when the block begins. What it leaves behind would be tidied
    up by the server while the next thing is measured.
    """
    source = connection.settings_dict["NAME"]
    connection.close()
    words = {"name": Identifier(name), "source": Identifier(source)}
    _do(SQL("CREATE DATABASE {name} TEMPLATE {source}").format(**words))
    try:
        yield
    finally:
        _do(SQL("DROP DATABASE {name} WITH (FORCE)").format(**words))


@contextmanager
def untidied() -> Iterator[None]:
    """Inside the block the server does not tidy up by itself, which would be counted as work."""
    _do(SQL("ALTER SYSTEM SET autovacuum = off"))
    _do(SQL("SELECT pg_reload_conf()"))
    try:
        yield
    finally:
        _do(SQL("ALTER SYSTEM RESET autovacuum"))
        _do(SQL("SELECT pg_reload_conf()"))


def _do(statement: SQL | Composed) -> None:
    """Connected to neither of the two."""
    url = settings.DATABASES["default"]
    with psycopg.connect(
        host=url["HOST"],
        port=url["PORT"],
        user=url["USER"],
        password=url["PASSWORD"],
        dbname="template1",
        autocommit=True,
    ) as session:
        session.execute(statement)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Inside the block Django is connected to that database, and ready."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        connection.ensure_connection()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
