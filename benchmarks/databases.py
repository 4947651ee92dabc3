"""A second database on the stack's server, for the same calls on the one and on the other."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier


def copy_as(name: str) -> None:
    """Copy the database under another name. Nobody else may be connected to it meanwhile."""
    source = connection.settings_dict["NAME"]
    connection.close()
    url = settings.DATABASES["default"]
    with psycopg.connect(
        host=url["HOST"],
        port=url["PORT"],
        user=url["USER"],
        password=url["PASSWORD"],
        dbname="template1",
        autocommit=True,
    ) as session:
        session.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source))
        )


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
