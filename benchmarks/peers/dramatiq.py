"""Dramatiq on Redis. See https://dramatiq.io/guide.html.

A message is acknowledged after its task has run. Those of a worker that has given no sign of life
for a minute are taken over when somebody looks, as one command of a thousand does: a task whose
worker died after its effect runs again.
"""

import os

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from benchmarks.peers import ended
from benchmarks.peers.peer import CORES, Peer, Promise

dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))


@dramatiq.actor
def nothing() -> None:
    """Nothing."""


@dramatiq.actor
def end() -> None:
    ended.count()


def _send() -> None:
    actors = (nothing, nothing, nothing, end)
    dramatiq.pipeline(actor.message_with_options(pipe_ignore=True) for actor in actors).run()


PEER = Peer(
    name="Dramatiq",
    promises=frozenset({Promise.KILLED_WORKER}),
    worker=("python", "-m", "dramatiq", "benchmarks.peers.dramatiq", "--processes", str(CORES)),
    greeting="ready for action",
    send=_send,
)
