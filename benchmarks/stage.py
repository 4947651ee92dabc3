"""The real parts on which everything is measured, in a folder that is gone afterwards."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.processes import set_up
from django_celery.local import application
from django_celery.local.crew import Crew
from django_celery.local.ports import LOOPBACK, Ports
from django_celery.local.process import Part, Process, wait_until_ready
from django_celery.local.stack import Engine, Stack

WORKERS = ("render", "deliver", "housekeeping")
# Whoever has a connection to the database.
SESSIONS = (*WORKERS, "web", "beat")

# Limits are counted, as always, and never reached.
_SETTINGS = {
    "DEBUG": "false",
    "SITE_NAME": "Northwind Studio",
    "TIME_ZONE": "UTC",
    "HR_EMAIL": "hr@example.com",
    "DEFAULT_FROM_EMAIL": "Jobs <jobs@example.com>",
    "APPLY_RATE_PER_IP": "1000000",
    "APPLY_RATE_PER_EMAIL": "1000000",
    "APPLY_POW_AFTER": "0",
    "APPLY_RECEIPTS_PER_EMAIL": "0",
}


@contextmanager
def stage() -> Iterator[Stack]:
    """All parts, up, on PostgreSQL, with the demo's positions; Django here belongs to them."""
    with TemporaryDirectory(prefix="benchmarks-") as folder:
        stack = Stack(Path(folder), engine=Engine.POSTGRESQL, settings=_SETTINGS)
        with stack:
            os.environ.update(stack.environment)
            os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.settings"
            set_up()
            stack.manage("migrate", "--no-input")
            stack.manage("seed_demo")
            yield stack


@contextmanager
def without(stack: Stack, *names: str) -> Iterator[None]:
    """These parts are stopped inside the block, and answer again after it."""
    for name in names:
        stack[name].stop()
    try:
        yield
    finally:
        for name in names:
            stack[name].start()
        for name in names:
            wait_until_ready(stack[name])


@contextmanager
def halted(process: Process) -> Iterator[None]:
    """The process and its pool stand still inside the block."""
    process.kill_group(SIGSTOP)
    try:
        yield
    finally:
        process.kill_group(SIGCONT)


@contextmanager
def beside(
    stack: Stack, *names: str, settings: str, variables: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Crew]:
    """The Procfile's processes of these names once more, with other settings and variables.

    They share the stack's servers; a web process gets a port of its own.
    """
    port = Ports().take()
    environment = {
        **stack.environment,
        **variables,
        "DJANGO_SETTINGS_MODULE": settings,
        "PORT": str(port),
        "SITE_URL": f"http://{LOOPBACK}:{port}",
    }
    wanted = [part for part in application.parts(environment) if part.name in names]
    with joined_by(stack, settings, wanted) as crew:
        yield crew


@contextmanager
def joined_by(stack: Stack, name: str, wanted: Iterable[Part]) -> Iterator[Crew]:
    """These processes, ready, beside the stack's own; their logs go to a folder of that name."""
    crew = Crew(logs=stack.folder / "log" / name, tell=lambda _event: None)
    try:
        crew.wait_for(crew.launch(wanted))
        yield crew
    finally:
        crew.stop()
