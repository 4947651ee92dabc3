"""What the carrying costs: runs that do nothing, beside chains that do nothing."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from applications.models import Application
from benchmarks import batches, cpu, statements
from benchmarks.empty.pipeline import empty
from benchmarks.empty.tasks import ENDED, links
from benchmarks.figures import Comparison, Figure, Finding
from benchmarks.report import Section
from benchmarks.stage import WORKERS, beside, without
from benchmarks.statements import Counts
from benchmarks.visitor import Visitor
from django_celery.local.crew import Crew
from django_celery.local.stack import Stack
from pipelines import canvas
from pipelines.models import Run

_CARRIERS = ("render", "deliver")
_SETTINGS = "benchmarks.empty.settings"
_IDLE = 5.0  # seconds in which the sweep's own statements are counted

NOTE = """\
An empty run has the shape of Apply Now (four steps, two of them side by side) and the whole
ledger; its steps do nothing. Beside it stands a Celery chain of four empty tasks on the same
queues and workers, with the same events. *Accepting* is what the web process does: open the run,
commit, publish. Statements are counted by PostgreSQL over all processes, less those that idle
workers make in the same time (the sweep)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run or chain: CPU milliseconds in the process that accepts it and in the workers."""

    accepting: float
    carrying: float


def measure(stack: Stack, *, rounds: int, batch: int, counted: int) -> Section:
    """``rounds`` rounds of ``batch`` runs; ``counted`` runs whose statements are counted."""
    applications = batches.accept(batch)
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    whole = _whole(stack, counted)
    with without(stack, *WORKERS), beside(stack, *_CARRIERS, settings=_SETTINGS) as crew:
        found = [_round(crew, applications) for _number in range(rounds)]
        few = applications[:counted]
        _forget()
        carried = statements.of(stack, lambda: _counted_runs(few), idle=_IDLE)
    empty_run = _counts("an empty run", carried, counted)
    findings: list[Finding] = [*_costs(found), *empty_run, *whole]
    return Section("Overhead of ledger and Celery", NOTE, findings)


def _round(crew: Crew, applications: Sequence[Application]) -> tuple[Cost, Cost]:
    _forget()
    count = len(applications)
    return (
        _cost(crew, count, lambda: _open(applications), lambda: _wait_for_runs(applications)),
        _cost(crew, count, lambda: _publish(count), lambda: _wait_for_chains(count)),
    )


def _cost(crew: Crew, count: int, accept: Callable[[], None], wait: Callable[[], None]) -> Cost:
    before = _workers_cpu(crew)
    began = time.process_time()
    accept()
    accepting = time.process_time() - began
    wait()
    carrying = _workers_cpu(crew) - before
    return Cost(1000 * accepting / count, 1000 * carrying / count)


def _workers_cpu(crew: Crew) -> float:
    return sum(cpu.of_processes(cpu.group(crew[name].pid)) for name in _CARRIERS)


def _forget() -> None:
    """A subject has one run in each pipeline: the next round needs new ones."""
    Run.objects.filter(pipeline=empty.name).delete()
    cache.set(ENDED, 0)


def _open(applications: Sequence[Application]) -> None:
    for application in applications:
        with transaction.atomic():
            canvas.start(empty, application)


def _wait_for_runs(applications: Sequence[Application]) -> None:
    batches.wait_until_done(empty.name, [application.pk for application in applications])


def _publish(count: int) -> None:
    for _chain in range(count):
        links().apply_async()


def _wait_for_chains(count: int) -> None:
    batches.wait_until(lambda: cache.get(ENDED) == count, what="chains")


def _counted_runs(applications: Sequence[Application]) -> None:
    _open(applications)
    with statements.unlogged():
        _wait_for_runs(applications)


def _whole(stack: Stack, counted: int) -> Iterator[Figure]:
    """Statements of real applications, from the POST on."""
    visitor = Visitor(stack.ports["web"])
    tokens = [visitor.fetch_form() for _form in range(counted)]

    def deliver() -> None:
        for token in tokens:
            visitor.send(token)
        with statements.unlogged():
            newest = Application.objects.order_by("-submitted_at")[:counted]
            batches.wait_until_done("apply_now", [application.pk for application in newest])

    return _counts("an application", statements.of(stack, deliver, idle=_IDLE), counted)


def _costs(rounds: Sequence[tuple[Cost, Cost]]) -> Iterator[Comparison]:
    ours, chains = zip(*rounds, strict=True)
    yield Comparison(
        name="Carrying an empty run",
        unit="ms CPU",
        ours=[cost.carrying for cost in ours],
        others=[cost.carrying for cost in chains],
        beside="empty chain",
    )
    yield Comparison(
        name="Accepting an empty run",
        unit="ms CPU",
        ours=[cost.accepting for cost in ours],
        others=[cost.accepting for cost in chains],
        beside="empty chain",
    )


def _counts(of_what: str, counts: Counts, runs: int) -> Iterator[Figure]:
    total = sum(counts.values())
    yield Figure(name=f"SQL statements of {of_what}", unit="", figure=total / runs)
    for kind, count in sorted(counts.items(), key=lambda item: -item[1]):
        yield Figure(name=f"of these: {kind}", unit="", figure=count / runs)
