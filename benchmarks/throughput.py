"""The whole pipeline, beside L: the same effects as plain functions in as many processes."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from applications.models import Application
from benchmarks import batches, cpu, effects
from benchmarks.figures import Comparison, Target
from benchmarks.processes import pool
from benchmarks.report import Section
from benchmarks.stage import halted
from django_celery.local.stack import Stack

_CARRIERS = ("render", "deliver")
_SERVERS = ("postgres", "redis", "s3", "inbox")
_WARM_UP = 8

NOTE = """\
The applications are queued while the `render` worker stands still; then it goes on, and the clock
runs until the last run is done. L draws the same dossiers, puts and verifies the same three
objects and sends the same two letters to the same servers, in as many processes as there are
cores, as plain functions: neither broker nor ledger nor staging in the database. CPU is that of
the `render` and `deliver` processes, sweeps included; that of the servers (database, Redis, S3,
inbox) stands below it. All share the cores of one machine."""


@dataclass(frozen=True, slots=True)
class Drain:
    """What a batch took, for each application: seconds, and CPU seconds here and in the servers."""

    seconds: float
    cpu: float
    servers: float


def measure(stack: Stack, *, rounds: int, batch: int) -> Section:
    cores = len(os.sched_getaffinity(0))
    with pool(cores) as executor:
        _round(stack, executor, _WARM_UP)
        found = [_round(stack, executor, batch) for _number in range(rounds)]
    return Section("The whole pipeline", NOTE, _findings(found))


def _round(stack: Stack, executor: Executor, batch: int) -> tuple[Drain, Drain]:
    """Through the pipeline, then the same applications through L."""
    with halted(stack["render"]):
        applications = batches.accept(batch)
        before = _cpu(stack, _CARRIERS), _cpu(stack, _SERVERS)
        began = time.perf_counter()
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    seconds = time.perf_counter() - began
    after = _cpu(stack, _CARRIERS), _cpu(stack, _SERVERS)
    carriers, servers = (end - start for end, start in zip(after, before, strict=True))
    ours = Drain(seconds / batch, carriers / batch, servers / batch)
    return ours, _plainly(stack, executor, applications)


def _plainly(stack: Stack, executor: Executor, applications: Sequence[Application]) -> Drain:
    servers = _cpu(stack, _SERVERS)
    began = time.perf_counter()
    used = list(executor.map(effects.all_of, [application.pk for application in applications]))
    seconds = time.perf_counter() - began
    count = len(applications)
    return Drain(seconds / count, sum(used) / count, (_cpu(stack, _SERVERS) - servers) / count)


def _cpu(stack: Stack, names: Sequence[str]) -> float:
    return sum(cpu.of_processes(cpu.group(stack[name].pid)) for name in names)


def _findings(rounds: Sequence[tuple[Drain, Drain]]) -> list[Comparison]:
    ours, plain = zip(*rounds, strict=True)
    return [
        Comparison(
            name="Throughput",
            unit="applications/s",
            ours=[1 / drain.seconds for drain in ours],
            others=[1 / drain.seconds for drain in plain],
            beside="L",
            target=Target.at_least(0.9),
        ),
        Comparison(
            name="CPU of an application",
            unit="ms",
            ours=[1000 * drain.cpu for drain in ours],
            others=[1000 * drain.cpu for drain in plain],
            beside="L",
            target=Target.at_most(1.25),
        ),
        Comparison(
            name="CPU of the servers for an application",
            unit="ms",
            ours=[1000 * drain.servers for drain in ours],
            others=[1000 * drain.servers for drain in plain],
            beside="L",
        ),
    ]
