"""Scheduled work over ever more rows: memory with a ceiling, and as much time for each row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import perf_counter

from django.utils import timezone

from applications.models import Alert, Application
from applications.pipeline import apply_now
from applications.services.hiring import stages
from benchmarks import batches, copies, cpu, databases, duties
from benchmarks.duties import Duty
from benchmarks.figures import Comparison, Figure, Finding, Target, by_turns
from benchmarks.processes import fresh_process
from benchmarks.report import Section
from benchmarks.stage import SESSIONS, without
from django_celery.local.stack import Stack
from pipelines.models import Run

# As issue 6 has it: megabytes beyond the idle process.
_MEMORY = Target.below(200)
_LINEAR = Target.at_most(1.25)
# So that the most of them fit into the eight weeks of a report.
_APART = timedelta(seconds=20)

NOTE = """\
Each job in processes of its own, on two databases of one PostgreSQL server, by turns, into the real
object store and mail server. An application has its letters, its run and two moves. *Memory* is the
most the process ever held (VmHWM) less what it held before its first job, with Django and the
pipelines loaded: what is loaded on the way (WeasyPrint, xlsxwriter) counts. *Time* is of the last
run in the process, for a thousand rows; more for each of many than for each of few would be worse
than linear. The digest for HR is opened over all of them at once; the job alerts are a letter each,
on a connection of its own."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured over ``rows`` (few, many): ``runs`` in each of so many processes."""

    name: str
    duty: Duty
    rows: Sequence[int]
    of: str
    runs: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Cost:
    """``seconds`` of the last run, and the MB that all of them took at the most."""

    seconds: float
    megabytes: float


def measure(
    stack: Stack, *, applications: Sequence[int], subscribers: Sequence[int], rounds: int
) -> Section:
    """Over few and over many; ``rounds`` where a run takes no minutes."""
    (pattern,) = batches.accept(1)
    batches.wait_until_done(apply_now.name, [pattern.pk])
    with without(stack, *SESSIONS), ExitStack() as copied:
        sizes = list(zip(applications, subscribers, strict=True))
        names = [copied.enter_context(_filled(pattern, *size)) for size in sizes]
        jobs = _jobs(applications, subscribers, rounds)
        findings = [finding for job in jobs for finding in _findings(job, names)]
    return Section("Scheduled work over many rows", NOTE, findings)


def _jobs(applications: Sequence[int], subscribers: Sequence[int], rounds: int) -> Iterable[Job]:
    for name, duty in {
        "New applications as CSV": duties.list_arrivals,
        "Weekly report, workbook and PDF": duties.report_week,
        "Digest for HR": duties.open_digests,
    }.items():
        yield Job(name, duty, applications, "applications", runs=2, rounds=rounds)
    yield Job("Job alerts", duties.mail_subscribers, subscribers, "subscribers", runs=1, rounds=1)


@contextmanager
def _filled(pattern: Application, applications: int, subscribers: int) -> Iterator[str]:
    """Inside the block there is a database with as many of each; its name."""
    name = f"with_{applications}"
    with databases.copied_as(name):
        with databases.connected_to(name):
            for stage in (Application.Stage.IN_REVIEW, Application.Stage.INTERVIEW):
                stages.move(pattern, stage, by=None, now=timezone.now())
            run = Run.objects.get(pipeline=apply_now.name, subject_id=str(pattern.pk))
            copies.copy(pattern, run, first=1, last=applications, apart=_APART)
            _subscribe(subscribers)
            copies.analyse()
        yield name


def _subscribe(number: int) -> None:
    now = timezone.now()
    Alert.objects.bulk_create(
        (
            Alert(email=f"subscriber-{each}@example.org", confirmed_at=now, news_since=now)
            for each in range(number)
        ),
        batch_size=1000,
    )


def _findings(job: Job, names: Sequence[str]) -> Iterable[Finding]:
    few, many = by_turns(job.rounds, *(_cost_at(name, job) for name in names))
    few_rows, many_rows = job.rows
    yield Comparison(
        name=f"{job.name}, {many_rows:,} {job.of}",
        unit="ms for 1,000",
        ours=[_for_a_thousand(cost, many_rows) for cost in many],
        others=[_for_a_thousand(cost, few_rows) for cost in few],
        beside=f"{few_rows:,}",
        target=_LINEAR,
    )
    yield Figure(
        name=f"Memory of it, {many_rows:,} {job.of}",
        unit="MB",
        figure=max(cost.megabytes for cost in many),
        target=_MEMORY,
    )


def _cost_at(database: str, job: Job) -> Callable[[], Cost]:
    return partial(fresh_process, _cost, database, job.duty, job.runs)


def _for_a_thousand(cost: Cost, rows: int) -> float:
    return 1000 * cost.seconds / (rows / 1000)


def _cost(database: str, duty: Duty, runs: int) -> Cost:
    """To be called in a process of its own."""
    with databases.connected_to(database):
        idle = cpu.resident_kib()
        seconds = [_clocked(duty) for _run in range(runs)]
    return Cost(seconds[-1], (cpu.peak_kib() - idle) * 1024 / 1_000_000)


def _clocked(duty: Duty) -> float:
    began = perf_counter()
    duty()
    return perf_counter() - began
