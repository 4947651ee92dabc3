"""Huey on Redis. See https://huey.readthedocs.io/en/latest/guide.html.

A task is popped from a list and exists in its worker alone: it runs once at most.
"""

import os

from huey import RedisHuey

from benchmarks.peers import ended
from benchmarks.peers.peer import CORES, Peer, Promise

app = RedisHuey("peer", url=os.environ["REDIS_URL"])


@app.task()
def nothing() -> None:
    """Nothing."""


@app.task()
def end() -> None:
    ended.count()


def _send() -> None:
    app.enqueue(nothing.s().then(nothing).then(nothing).then(end))


PEER = Peer(
    name="Huey",
    promises=frozenset({Promise.NO_DOUBLES}),
    worker=(
        *("python", "-m", "huey.bin.huey_consumer", "benchmarks.peers.huey.app"),
        *("--worker-type", "process", "--workers", str(CORES)),
    ),
    greeting="Huey consumer started",
    send=_send,
)
