"""What the carrying costs: runs that do nothing, beside chains that do nothing."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from applications.models import Application
from benchmarks import batches, carriers, round_trips, statements
from benchmarks.carriers import Carrier
from benchmarks.figures import Comparison, Figure, by_turns
from benchmarks.report import Section
from benchmarks.stage import WORKERS, beside, without
from benchmarks.statements import Counts
from benchmarks.visitor import Visitor
from django_celery.local.stack import Stack

_SETTINGS = "benchmarks.empty.settings"
_WARM_UP = 8
_IDLE = 5.0  # seconds in which the sweep's own statements are counted
_IDLE_PEER = 2.0  # the same for a peer's polling

NOTE = """\
An empty run has the shape of Apply Now (four steps, two of them side by side) and the whole
ledger; its steps do nothing. Beside it stand chains of four empty tasks: a Celery chain on the
same queues and workers, with the same events, and then the peers, each as its manual begins, with
a worker of its own. Behind a peer's name stands what holds for its chains without anybody's help:
*killed worker*, they go on after `kill -9`; *emptied broker*, they go on when Redis comes back with
nothing; *no doubles*, no task runs again after it had its effect. Ours gives all three.
*Accepting* is what the web process does: open the run, commit, publish. Statements are counted by
PostgreSQL over all processes, round trips by PostgreSQL (statements) and Redis (reads), less those
that idle workers make in the same time (the sweep, polling)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run or chain: CPU milliseconds in the process that accepts it and in the workers."""

    accepting: float
    carrying: float


_ASPECTS: Mapping[str, Callable[[Cost], float]] = {
    "Carrying an empty run": lambda cost: cost.carrying,
    "Accepting an empty run": lambda cost: cost.accepting,
}


def measure(stack: Stack, *, rounds: int, batch: int, counted: int) -> Section:
    """``rounds`` rounds of ``batch`` runs; ``counted`` runs whose statements are counted."""
    applications = batches.accept(batch)
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    whole = list(_whole(stack, counted))
    with (
        without(stack, *WORKERS),
        beside(stack, *carriers.WORKERS, settings=_SETTINGS) as crew,
        carriers.peers(stack) as peers,
    ):
        ours = carriers.ours(crew, applications)
        compared = (ours, carriers.chain(crew), *peers)
        findings = [*_costs(compared, rounds, batch), *_trips(stack, compared, counted)]
        ours.forget()
        carried = statements.of(stack, partial(_carry, ours, counted), idle=_IDLE)
    empty_run = _counts("an empty run", carried, counted)
    return Section("Overhead of ledger and Celery", NOTE, [*findings, *empty_run, *whole])


def _costs(compared: Sequence[Carrier], rounds: int, batch: int) -> Iterator[Comparison]:
    """The first beside each of the others."""
    by_turns(1, *(partial(_cost, each, _WARM_UP) for each in compared))
    first, *others = by_turns(rounds, *(partial(_cost, each, batch) for each in compared))
    for name, value in _ASPECTS.items():
        for carrier, costs in zip(compared[1:], others, strict=True):
            yield Comparison(
                name=name,
                unit="ms CPU",
                ours=[value(cost) for cost in first],
                others=[value(cost) for cost in costs],
                beside=carrier.label,
            )


def _trips(stack: Stack, compared: Sequence[Carrier], count: int) -> Iterator[Comparison]:
    """The first beside each of the others."""
    first, *others = (_round_trips(stack, each, count) for each in compared)
    for carrier, number in zip(compared[1:], others, strict=True):
        yield Comparison(
            name="Round trips of an empty run",
            unit="",
            ours=[first],
            others=[number],
            beside=carrier.label,
        )


def _cost(carrier: Carrier, count: int) -> Cost:
    carrier.forget()
    before = carrier.cpu_seconds()
    began = time.process_time()
    carrier.send(count)
    accepting = time.process_time() - began
    carrier.wait(count)
    carrying = carrier.cpu_seconds() - before
    return Cost(1000 * accepting / count, 1000 * carrying / count)


def _carry(carrier: Carrier, count: int) -> None:
    carrier.send(count)
    with statements.unlogged():
        carrier.wait(count)


def _round_trips(stack: Stack, carrier: Carrier, count: int) -> float:
    """Of one run or chain, from its acceptance on."""
    carry = partial(_carry, carrier, count)
    carrier.forget()
    to_postgresql = sum(statements.of(stack, carry, idle=_IDLE_PEER).values())
    carrier.forget()
    return (to_postgresql + round_trips.to_redis(carry, idle=_IDLE_PEER)) / count


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


def _counts(of_what: str, counts: Counts, runs: int) -> Iterator[Figure]:
    total = sum(counts.values())
    yield Figure(name=f"SQL statements of {of_what}", unit="", figure=total / runs)
    for kind, count in sorted(counts.items(), key=lambda item: -item[1]):
        yield Figure(name=f"of these: {kind}", unit="", figure=count / runs)
