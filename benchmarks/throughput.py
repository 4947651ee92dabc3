"""The whole pipeline and the textbook's, beside L.

L is the same effects as plain functions in as many processes.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from celery.canvas import Signature
from django.core.cache import cache

from applications.models import Application
from benchmarks import batches, cpu, effects
from benchmarks.figures import Comparison, Target
from benchmarks.processes import pool
from benchmarks.report import Section
from benchmarks.stage import halted, joined_by
from benchmarks.textbook import tasks
from django_celery.local import conditions
from django_celery.local.process import Part, Process
from django_celery.local.stack import Stack

_CARRIERS = ("render", "deliver")
_SERVERS = ("postgres", "redis", "s3", "inbox")
_WARM_UP = 8

NOTE = """\
The applications are queued while the `render` worker stands still; then it goes on, and the clock
runs until the last run is done. L draws the same dossiers and small photos, puts and verifies the
same three objects and sends the same two letters to the same servers, in as many processes as there
are cores, as plain functions: neither broker nor ledger nor staging in the database. CPU is that of
the `render` and `deliver` processes, sweeps included; that of the servers (database, Redis, S3,
inbox) stands below it. All share the cores of one machine. The *textbook chain* is
`chain(render, store, mail).delay()` with those plain functions as its tasks and Celery's defaults:
one worker with as many processes as there are cores, neither ledger nor events; it is queued and
then drained in the same way, of the same applications, after L. With its own *effects* it renders
with `HTML(string=...).write_pdf()`, the photo as it was uploaded and no pages of the CV, makes a
boto3 client for each application, and verifies nothing."""


@dataclass(frozen=True, slots=True)
class Drain:
    """What a batch took, for each application: seconds, and CPU seconds here and in the servers."""

    seconds: float
    cpu: float
    servers: float


@dataclass(frozen=True, slots=True)
class _Aspect:
    """What of a batch is compared with L."""

    name: str
    unit: str
    value: Callable[[Drain], float]
    target: Target | None = None

    def beside_l(self, drains: Sequence[Drain], plain: Sequence[Drain]) -> Comparison:
        return Comparison(
            name=self.name,
            unit=self.unit,
            ours=[self.value(drain) for drain in drains],
            others=[self.value(drain) for drain in plain],
            beside="L",
            target=self.target,
        )


_ASPECTS = (
    _Aspect("Throughput", "applications/s", lambda drain: 1 / drain.seconds, Target.at_least(0.9)),
    _Aspect("CPU of an application", "ms", lambda drain: 1000 * drain.cpu, Target.at_most(1.25)),
    _Aspect("CPU of the servers for an application", "ms", lambda drain: 1000 * drain.servers),
)

Steps = Callable[[UUID], Signature[Any]]
_CHAINS: Mapping[str, Steps] = {
    "textbook chain": tasks.steps,
    "textbook chain and effects": tasks.steps_by_the_manual,
}
# The pipeline, L, and then the chains.
Round = tuple[Drain, ...]


def measure(stack: Stack, *, rounds: int, batch: int) -> Section:
    cores = len(os.sched_getaffinity(0))
    with pool(cores) as executor, _textbook(stack) as textbook:
        _round(stack, textbook, executor, _WARM_UP)
        found = [_round(stack, textbook, executor, batch) for _number in range(rounds)]
    return Section("The whole pipeline", NOTE, list(_findings(found)))


@contextmanager
def _textbook(stack: Stack) -> Iterator[Process]:
    """The textbook chain's worker. Its files go to the stack's folder."""
    environment = {
        **stack.environment,
        "DJANGO_SETTINGS_MODULE": "benchmarks.textbook.settings",
        "TMPDIR": str(stack.folder),
    }
    command = ("python", "-m", "celery", "-A", "benchmarks.textbook.celery", "worker", "-l", "INFO")
    part = Part(
        name="worker",
        command=command,
        environment=environment,
        is_ready=conditions.prints(" ready."),
    )
    with joined_by(stack, "textbook", [part]) as crew:
        yield crew["worker"]


def _round(stack: Stack, textbook: Process, executor: Executor, batch: int) -> Round:
    """Through the pipeline, then the same applications through L and the chains."""
    ours, applications = drain(stack, batch)
    plain = _plainly(stack, executor, applications)
    chained = [_chained(stack, textbook, applications, steps) for steps in _CHAINS.values()]
    return ours, plain, *chained


def drain(stack: Stack, batch: int) -> tuple[Drain, Sequence[Application]]:
    """So many applications through the pipeline, as fast as it goes."""
    with halted(stack["render"]):
        applications = batches.accept(batch)
        meter = _Meter(stack, [stack[name] for name in _CARRIERS])
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    return meter.drain(batch), applications


def _chained(
    stack: Stack, worker: Process, applications: Sequence[Application], steps: Steps
) -> Drain:
    cache.set(tasks.ENDED, 0)
    count = len(applications)
    with halted(worker):
        for application in applications:
            steps(application.pk).delay()
        meter = _Meter(stack, [worker])
    batches.wait_until(lambda: cache.get(tasks.ENDED) == count, what="textbook chains")
    return meter.drain(count)


def _plainly(stack: Stack, executor: Executor, applications: Sequence[Application]) -> Drain:
    meter = _Meter(stack, [])
    used = list(executor.map(effects.all_of, [application.pk for application in applications]))
    count = len(applications)
    return replace(meter.drain(count), cpu=sum(used) / count)


class _Meter:
    """Runs from now on: the clock, and the CPU of these processes and of the servers."""

    def __init__(self, stack: Stack, carriers: Sequence[Process]) -> None:
        self._carriers = carriers
        self._servers = [stack[name] for name in _SERVERS]
        self._before = _cpu(self._carriers), _cpu(self._servers)
        self._began = time.perf_counter()

    def drain(self, count: int) -> Drain:
        """What so many applications took."""
        seconds = time.perf_counter() - self._began
        carriers, servers = self._before
        return Drain(
            seconds / count,
            (_cpu(self._carriers) - carriers) / count,
            (_cpu(self._servers) - servers) / count,
        )


def _cpu(processes: Sequence[Process]) -> float:
    return sum(cpu.of_processes(cpu.family(process.pid)) for process in processes)


def _findings(rounds: Sequence[Round]) -> Iterator[Comparison]:
    ours, plain, *chained = zip(*rounds, strict=True)
    for aspect in _ASPECTS:
        yield aspect.beside_l(ours, plain)
    for name, drains in zip(_CHAINS, chained, strict=True):
        for aspect in _ASPECTS:
            found = aspect.beside_l(drains, plain)
            yield replace(found, name=f"{aspect.name}, {name}", target=None)
