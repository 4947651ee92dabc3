"""Arithmetic on Redis URLs."""

from urllib.parse import urlsplit, urlunsplit


def with_database(url: str, *, offset: int) -> str:
    """The same Redis server, ``offset`` database numbers further on.

    >>> with_database("redis://localhost:6379/0", offset=1)
    'redis://localhost:6379/1'
    """
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0) + offset
    return urlunsplit(parts._replace(path=f"/{number}"))
