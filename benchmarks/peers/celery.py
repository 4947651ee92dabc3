"""Celery with its defaults, the ledger away. See https://docs.celeryq.dev/en/stable/userguide/.

A message is acknowledged before its task runs, so a killed worker loses it. What a worker has
fetched ahead and left alone for an hour (``visibility_timeout``) is delivered again, and run twice.
"""

import os

from celery import Celery, chain

from benchmarks.peers import ended
from benchmarks.peers.peer import Peer

app = Celery("peer", broker=os.environ["REDIS_URL"], set_as_current=False)


@app.task
def nothing() -> None:
    """Nothing."""


@app.task
def end() -> None:
    ended.count()


def _send() -> None:
    chain(nothing.si(), nothing.si(), nothing.si(), end.si()).delay()


PEER = Peer(
    name="Celery alone",
    promises=frozenset(),
    worker=("python", "-m", "celery", "-A", "benchmarks.peers.celery", "worker", "-l", "INFO"),
    greeting=" ready.",
    send=_send,
)
