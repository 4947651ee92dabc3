"""``python -m benchmarks``: measure, show the table, write it to benchmarks/latest.md.

With names (``python -m benchmarks posting rendering``) only those are measured, and nothing is
written.
"""

import argparse
import signal
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import report
from benchmarks.machine import Machine
from benchmarks.report import Section
from benchmarks.stage import stage
from django_celery.local.stack import Stack

LATEST = Path(__file__).with_name("latest.md")
NAMES = (
    "rendering",
    "latency",
    "throughput",
    "distance",
    "overhead",
    "posting",
    "scheduled",
    "scaling",
    "growth",
)


def main(names: list[str]) -> None:
    # However it is asked to end, it takes the parts and their folder with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console()
    machine = Machine.this_one()
    console.print(f"Measuring on {machine}.")
    with stage() as stack:
        measurements = _measurements(stack)
        sections = [_run(name, measurements[name], console, machine) for name in names or NAMES]
    console.print(report.table(sections, machine))
    if not names:
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        LATEST.write_text(report.markdown(sections, machine, when=today), "utf-8")


def _run(name: str, measure: Callable[[], Section], console: Console, machine: Machine) -> Section:
    began = time.monotonic()
    section = measure()
    console.print(f"  {name}: {time.monotonic() - began:.0f} s", highlight=False)
    # It takes most of an hour until all are there, and the next one may fail.
    console.print(report.table([section], machine))
    return section


def _measurements(stack: Stack) -> Mapping[str, Callable[[], Section]]:
    # These need the models, which exist only once Django has the stack's environment.
    from benchmarks import (  # noqa: PLC0415
        distance,
        growth,
        latency,
        overhead,
        posting,
        rendering,
        scaling,
        scheduled,
        throughput,
    )

    return {
        "rendering": lambda: rendering.measure(rounds=60, documents=1000, plain_documents=100),
        "latency": lambda: latency.measure(stack, rounds=20, batch=60, posts=60),
        "throughput": lambda: throughput.measure(stack, rounds=7, batch=65),
        "overhead": lambda: overhead.measure(stack, rounds=3, batch=100, counted=10),
        "distance": lambda: distance.measure(stack, rounds=3, batch=60),
        "scaling": lambda: scaling.measure(stack, rounds=2, batch=60),
        "growth": lambda: growth.measure(
            stack, sizes=(10_000, 1_000_000), backlog=10_000, rounds=40
        ),
        "posting": lambda: posting.measure(stack, rounds=3, posts=40),
        "scheduled": lambda: scheduled.measure(
            stack, applications=(10_000, 100_000), subscribers=(1_000, 10_000), rounds=3
        ),
    }


def _names() -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[[], *NAMES], help="measure only these")
    names: list[str] = parser.parse_args().name
    return names


if __name__ == "__main__":
    main(_names())
