"""The whole pipeline with S3 and the mail server far away."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier

from django.db import connection
from django.test import override_settings

from applications.models import Application
from benchmarks import batches, effects
from benchmarks.figures import Comparison, Target
from benchmarks.processes import pool
from benchmarks.report import Section
from benchmarks.stage import WORKERS, beside, halted, without
from django_celery.local.crew import Crew
from django_celery.local.ports import LOOPBACK, Ports, answers
from django_celery.local.process import Part
from django_celery.local.stack import Stack

_CARRIERS = ("render", "deliver")
# As many as the deliver worker of the Procfile has.
_THREADS = 16
_DELAY = 0.04  # seconds, one way

NOTE = """\
The same with 80 ms of latency (40 ms each way) put before S3 and the mail server: a program in
between passes each byte on that much later. L draws in as many processes as there are cores and
has as many threads for S3 and mail as the `deliver` worker."""


def measure(stack: Stack, *, rounds: int, batch: int) -> Section:
    with (
        _far_away(stack) as (s3, mail),
        _plain_way(s3, mail) as plain,
        without(stack, *WORKERS),
        _far_workers(stack, s3, mail) as crew,
    ):
        _round(crew, plain, _THREADS)
        found = [_round(crew, plain, batch) for _number in range(rounds)]
    ours, others = zip(*found, strict=True)
    return Section(
        "The whole pipeline, far from S3 and mail",
        NOTE,
        [
            Comparison(
                name="Throughput",
                unit="applications/s",
                ours=ours,
                others=others,
                beside="L",
                target=Target.at_least(0.8),
            )
        ],
    )


@contextmanager
def _far_away(stack: Stack) -> Iterator[tuple[int, int]]:
    """The ports from which the S3 server and the mail server are far away."""
    ports = Ports()
    s3, mail = ports.take(), ports.take()
    crew = Crew(logs=stack.folder / "log" / "distant", tell=lambda _event: None)
    try:
        crew.wait_for(
            crew.launch(
                [
                    _distant("far-s3", s3, to=stack.ports["s3"]),
                    _distant("far-mail", mail, to=stack.ports["smtp"]),
                ]
            )
        )
        yield s3, mail
    finally:
        crew.stop()


def _distant(name: str, port: int, *, to: int) -> Part:
    options = (f"--port={port}", f"--to={to}", f"--delay={_DELAY}")
    return Part(
        name=name,
        command=(sys.executable, "-m", "benchmarks.distant", *options),
        is_ready=lambda _process: answers(port),
        port=port,
    )


@contextmanager
def _far_workers(stack: Stack, s3: int, mail: int) -> Iterator[Crew]:
    variables = {"AWS_S3_ENDPOINT_URL": _address(s3), "EMAIL_PORT": str(mail)}
    settings = "django_celery.settings"
    with beside(stack, *_CARRIERS, settings=settings, variables=variables) as crew:
        yield crew


def _address(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


@dataclass(frozen=True, slots=True)
class _Plain:
    """L: processes that draw, threads that deliver."""

    drawing: Executor
    delivering: Executor

    def carry_out(self, applications: Sequence[Application]) -> None:
        """Each is delivered by a thread as soon as a process has drawn it."""
        drawn = [self.drawing.submit(effects.drawn, each.pk) for each in applications]
        sent = [
            self.delivering.submit(effects.deliver, *each.result()) for each in as_completed(drawn)
        ]
        for each in sent:
            each.result()


@contextmanager
def _plain_way(s3: int, mail: int) -> Iterator[_Plain]:
    cores = len(os.sched_getaffinity(0))
    with (
        override_settings(AWS_S3_ENDPOINT_URL=_address(s3), EMAIL_PORT=mail),
        pool(cores) as drawing,
        ThreadPoolExecutor(_THREADS) as delivering,
    ):
        yield _Plain(drawing, delivering)
        _hang_up(delivering)


def _hang_up(threads: Executor) -> None:
    """Each of them has a connection to the database of its own, which would outlive it."""
    all_are_there = Barrier(_THREADS)

    def close() -> None:
        all_are_there.wait()
        connection.close()

    for closed in [threads.submit(close) for _thread in range(_THREADS)]:
        closed.result()


def _round(crew: Crew, plain: _Plain, batch: int) -> tuple[float, float]:
    """Applications a second, through the pipeline and then the same ones through L."""
    with halted(crew["render"]):
        applications = batches.accept(batch)
        began = time.perf_counter()
    batches.wait_until_done("apply_now", [application.pk for application in applications])
    ours = batch / (time.perf_counter() - began)
    began = time.perf_counter()
    plain.carry_out(applications)
    return ours, batch / (time.perf_counter() - began)
