"""Procrastinate on PostgreSQL. See https://procrastinate.readthedocs.io/en/stable/.

There is no broker beside the database. The job of a killed worker stays as it was unless one writes
a task that looks for such (howto/production/retry_stalled_jobs), so it runs once at most.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate import App, PsycopgConnector

from benchmarks.peers import ended
from benchmarks.peers.peer import CORES, Peer, Promise

app = App(connector=PsycopgConnector(conninfo=os.environ["DATABASE_URL"]))


@app.task
async def first() -> None:
    await second.defer_async()


@app.task
async def second() -> None:
    await third.defer_async()


@app.task
async def third() -> None:
    await end.defer_async()


@app.task
async def end() -> None:
    ended.count()


@contextmanager
def _opened() -> Iterator[None]:
    with app.open():
        app.schema_manager.apply_schema()
        yield


PEER = Peer(
    name="Procrastinate",
    promises=frozenset({Promise.EMPTIED_BROKER, Promise.NO_DOUBLES}),
    worker=(
        *("python", "-m", "procrastinate", "--app", "benchmarks.peers.procrastinate.app"),
        *("worker", "--concurrency", str(CORES)),
    ),
    greeting="Starting worker",
    send=first.defer,
    opened=_opened,
)
