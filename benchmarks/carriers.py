"""Who carries what does nothing: our pipeline, Celery on our workers, and the peers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from applications.models import Application
from benchmarks import batches, cpu
from benchmarks.empty.pipeline import empty
from benchmarks.empty.tasks import ENDED, links
from benchmarks.peers import celery, django_tasks, dramatiq, ended, huey, procrastinate, rq
from benchmarks.peers.peer import Peer
from benchmarks.stage import joined_by
from django_celery.local import conditions
from django_celery.local.crew import Crew
from django_celery.local.process import Part, Process
from django_celery.local.stack import Stack
from pipelines import canvas
from pipelines.models import Run

WORKERS = ("render", "deliver")
_PEERS = tuple(module.PEER for module in (celery, dramatiq, huey, rq, procrastinate, django_tasks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Sends off so many, which ``processes`` carry, and waits until all are through.

    Between one batch and the next the one before is to be forgotten.
    """

    label: str
    processes: Sequence[Process]
    send: Callable[[int], None]
    wait: Callable[[int], None]
    forget: Callable[[], object]

    def cpu_seconds(self) -> float:
        """What its processes have used so far."""
        return sum(cpu.of_processes(cpu.family(process.pid)) for process in self.processes)


def ours(crew: Crew, applications: Sequence[Application]) -> Carrier:
    """The empty pipeline: at most one run for each of these applications."""

    def send(count: int) -> None:
        for application in applications[:count]:
            with transaction.atomic():
                canvas.start(empty, application)

    def wait(count: int) -> None:
        batches.wait_until_done(empty.name, [each.pk for each in applications[:count]])

    return Carrier(
        label="ours",
        processes=[crew[name] for name in WORKERS],
        send=send,
        wait=wait,
        forget=Run.objects.filter(pipeline=empty.name).delete,
    )


def chain(crew: Crew) -> Carrier:
    """A Celery chain on the workers of the pipeline."""
    return Carrier(
        label="empty chain",
        processes=[crew[name] for name in WORKERS],
        send=lambda count: _repeat(links().apply_async, count),
        wait=lambda count: batches.wait_until(lambda: cache.get(ENDED) == count, what="chains"),
        forget=lambda: cache.set(ENDED, 0),
    )


@contextmanager
def peers(stack: Stack) -> Iterator[list[Carrier]]:
    """All of them, with their workers up."""
    with ExitStack() as held:
        for peer in _PEERS:
            held.enter_context(peer.opened())
        parts = [_part(peer, _without_django(stack.environment)) for peer in _PEERS]
        crew = held.enter_context(joined_by(stack, "peers", parts))
        yield [_of(peer, crew[peer.name]) for peer in _PEERS]


def _without_django(environment: Mapping[str, str]) -> dict[str, str]:
    """Celery's worker would find Django, and in it the library, which sweeps in every worker."""
    return {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}


def _part(peer: Peer, environment: Mapping[str, str]) -> Part:
    """Its worker."""
    return Part(
        name=peer.name,
        command=peer.worker,
        environment=environment,
        is_ready=conditions.prints(peer.greeting),
    )


def _of(peer: Peer, worker: Process) -> Carrier:
    return Carrier(
        label=peer.label,
        processes=[worker],
        send=lambda count: _repeat(peer.send, count),
        wait=lambda count: batches.wait_until(
            lambda: ended.number() == count, what=f"chains of {peer.name}"
        ),
        forget=ended.forget,
    )


def _repeat(work: Callable[[], object], count: int) -> None:
    for _time in range(count):
        work()
