"""One set of worker processes and two of them, and what a hundred would ask of the servers."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, replace
from statistics import median
from typing import Self

import psycopg
from redis import Redis

from benchmarks import batches, copies, cpu
from benchmarks.databases import untidied
from benchmarks.figures import Comparison, Figure, Finding
from benchmarks.inbox import Inbox
from benchmarks.report import Section
from benchmarks.stage import halted, joined_by, without
from django_celery.local import application, conditions
from django_celery.local.process import Part, Process
from django_celery.local.stack import Stack

_MACHINES = 2
_CARRIERS = ("render", "deliver")
_WARM_UP = 8
_LETTERS = 2  # of an application
_IDLE = 10.0  # seconds in which the machines' own questions are counted
# A session tells its statistics at the latest when it has been idle for so long (PostgreSQL,
# PGSTAT_IDLE_INTERVAL).
_TOLD = 11.0
_MANY = 100

NOTE = """\
A machine is a `render` and a `deliver` worker that are held to one core (`taskset`), with one
process that draws; two have a core each and share the database, Redis, S3 and the inbox, which run
on the same two cores. So the second machine takes from the first what the servers need, and the
ratio is the least that two machines bring. Transactions are counted by PostgreSQL
(`pg_stat_database`), commands by Redis (`INFO commandstats`), from the moment of accepting on, less
what idle machines ask in the same time; where the machine is slow, so that messages wait for longer
than 8 s, the sweeps' questions about them are among them. The rows for 100 machines are
arithmetic: their applications by the one machine's throughput, each with these costs, and 100 times
the idle questions."""


@dataclass(frozen=True, slots=True)
class Work:
    """What servers and workers have done so far, or in a while; CPU in seconds."""

    seconds: float
    transactions: float
    commands: float
    database: float
    redis: float
    workers: float

    @classmethod
    def until_now(cls, stack: Stack, workers: Iterable[Process]) -> Self:
        return cls(
            seconds=time.monotonic(),
            transactions=_transactions(stack),
            commands=_commands(stack),
            database=_cpu(stack["postgres"]),
            redis=_cpu(stack["redis"]),
            workers=sum(_cpu(worker) for worker in workers),
        )

    def since(self, before: "Work") -> "Work":
        return self._plus(before, -1)

    def without(self, idle: "Work") -> "Work":
        """Less what is done in the same time when there is nothing to do."""
        return self._plus(idle, -self.seconds / idle.seconds)

    def each(self, count: float) -> "Work":
        return Work(*(value / count for value in astuple(self)))

    def _plus(self, other: "Work", factor: float) -> "Work":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Work(*(mine + factor * others for mine, others in pairs))


@dataclass(frozen=True, slots=True)
class Load:
    """Of so many machines: applications a second, what one costs, and a second without any."""

    drains: Sequence[float]
    cost: Work
    idle: Work


def measure(stack: Stack, *, rounds: int, batch: int) -> Section:
    with untidied(), without(stack, *_CARRIERS):
        one, two = (_load(stack, count, rounds, batch) for count in (1, _MACHINES))
    return Section("Scale out", NOTE, list(_findings(one, two)))


def _load(stack: Stack, machines: int, rounds: int, batch: int) -> Load:
    inbox = Inbox(stack.folder / "inbox")
    # Else the server tidies up in the meantime what was done before.
    copies.analyse()
    with _machines(stack, machines) as workers:
        _drain(workers, inbox, _WARM_UP)
        time.sleep(_TOLD)
        start = Work.until_now(stack, workers)
        time.sleep(_IDLE)
        before = Work.until_now(stack, workers)
        idle = before.since(start).each(before.seconds - start.seconds)
        drains = [_drain(workers, inbox, batch) for _round in range(rounds)]
        after = Work.until_now(stack, workers)
        time.sleep(_TOLD)
        told = _transactions(stack) - idle.transactions * _TOLD
    done = replace(after, transactions=told).since(before)
    return Load(drains, done.without(idle).each(rounds * batch), idle)


@contextmanager
def _machines(stack: Stack, count: int) -> Iterator[list[Process]]:
    cores = sorted(os.sched_getaffinity(0))
    parts = [
        part
        for number in range(count)
        for part in _machine(stack, number, core=cores[number % len(cores)])
    ]
    with joined_by(stack, f"machines{count}", parts) as crew:
        yield list(crew)


def _machine(stack: Stack, number: int, *, core: int) -> Iterator[Part]:
    environment = {**stack.environment, "DJANGO_SETTINGS_MODULE": "django_celery.settings"}
    for part in application.parts(environment):
        if part.name in _CARRIERS:
            name = f"{part.name}{number}"
            words = [word.replace(f"{part.name}@", f"{name}@") for word in part.command]
            processes = ("--concurrency", "1") if part.name == "render" else ()
            yield replace(
                part,
                name=name,
                command=("taskset", "--cpu-list", str(core), *words, *processes),
                is_ready=conditions.pongs(name, broker=environment["CELERY_BROKER_URL"]),
            )


def _drain(workers: Sequence[Process], inbox: Inbox, batch: int) -> float:
    """Applications a second; so many were waiting when the workers began.

    The inbox tells the end, so that the database is not asked by who counts what it is asked.
    """
    letters = len(inbox.files()) + _LETTERS * batch
    with ExitStack() as still:
        for worker in workers:
            still.enter_context(halted(worker))
        applications = batches.accept(batch)
        began = time.perf_counter()
    batches.wait_until(lambda: len(inbox.files()) >= letters, what="letters")
    seconds = time.perf_counter() - began
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    return batch / seconds


def _transactions(stack: Stack) -> float:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as session:
        row = session.execute(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return float(row[0]) if row else 0.0


def _commands(stack: Stack) -> float:
    with Redis.from_url(stack.environment["REDIS_URL"]) as client:
        return float(sum(each["calls"] for each in client.info("commandstats").values()))


def _cpu(process: Process) -> float:
    return cpu.of_processes(cpu.family(process.pid))


def _findings(one: Load, two: Load) -> Iterator[Finding]:
    yield Comparison(
        name="Throughput of two machines",
        unit="applications/s",
        ours=two.drains,
        others=one.drains,
        beside="one",
    )
    cost, idle = two.cost, two.idle.since(one.idle)
    yield Figure(name="Database transactions of an application", unit="", figure=cost.transactions)
    yield Figure(name="Redis commands of an application", unit="", figure=cost.commands)
    yield from _times("of an application", cost, "ms")
    yield Figure(
        name="Database transactions of an idle machine", unit="/s", figure=idle.transactions
    )
    yield Figure(name="Redis commands of an idle machine", unit="/s", figure=idle.commands)
    yield from _times("of an idle machine", idle, "ms/s")
    yield from _many(median(one.drains), cost, idle)


def _times(of_what: str, work: Work, unit: str) -> Iterator[Figure]:
    for name in ("workers", "database", "redis"):
        yield Figure(
            name=f"CPU {of_what}: {name}", unit=unit, figure=1000 * float(getattr(work, name))
        )


def _many(throughput: float, cost: Work, idle: Work) -> Iterator[Figure]:
    """What so many machines would carry, and how busy they would keep the servers."""
    carried = _MANY * throughput
    yield Figure(name=f"{_MANY} machines", unit="applications/s", figure=carried)
    for name, unit in (
        ("transactions", "/s"),
        ("commands", "/s"),
        ("database", "cores"),
        ("redis", "cores"),
    ):
        needed = carried * getattr(cost, name) + _MANY * getattr(idle, name)
        yield Figure(name=f"{_MANY} machines: {name}", unit=unit, figure=needed)
