"""RQ on Redis, a process for each task. See https://python-rq.org/docs/.

The job of a killed worker is filed as failed, and those that depend on it wait for a person.
"""

import os

from redis import Redis
from rq import Queue

from benchmarks.peers import ended
from benchmarks.peers.peer import CORES, Peer, Promise

queue = Queue("peer", connection=Redis.from_url(os.environ["REDIS_URL"]))


def nothing() -> None:
    """Nothing."""


def end() -> None:
    ended.count()


def _send() -> None:
    job = queue.enqueue(nothing)
    for task in (nothing, nothing, end):
        job = queue.enqueue(task, depends_on=job)


PEER = Peer(
    name="RQ",
    promises=frozenset({Promise.NO_DOUBLES}),
    worker=(
        *("python", "-m", "rq.cli", "worker-pool", queue.name),
        *("--num-workers", str(CORES), "--url", os.environ["REDIS_URL"]),
    ),
    greeting="Listening on",
    send=_send,
)
