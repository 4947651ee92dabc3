"""Django's DATABASES entry for a URL, with what each engine needs to be relied on."""

from typing import Any

import dj_database_url

_SQLITE = {
    # One writer at a time, queueing for its turn, and every commit on the disk.
    # https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-transaction-behavior
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
_POSTGRESQL = {
    # A server that does not answer must not hold a person or a step for longer than this.
    # https://www.postgresql.org/docs/current/runtime-config-client.html
    "connect_timeout": 5,
    # And one that vanished without a word must be noticed.
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # Whoever stops in the middle of a transaction must not hold its rows for longer than a lease.
    "options": (
        "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=15s"
    ),
    # A server that has only just lost its primary's rank takes no write: as good as away.
    "target_session_attrs": "read-write",
    # Values travel beside the statement, files as they are: written into it, a file of 1 MB is
    # 2 MB of hexadecimal digits, and its INSERT takes three times as long.
    # https://docs.djangoproject.com/en/5.2/ref/databases/#server-side-parameters-binding
    "server_side_binding": True,
}


def database(url: str) -> dict[str, Any]:
    """The entry. What the URL itself says about options wins."""
    config: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600)}
    options = _SQLITE if config["ENGINE"].endswith("sqlite3") else _POSTGRESQL
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {**options, **config.get("OPTIONS", {})}
    return config
