"""What is stored already costs nothing: steps, sweeps and lists among ever more finished runs."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http import HTTPStatus
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis import Redis

from applications.models import Application
from applications.pipeline import apply_now
from benchmarks import batches, copies, databases, plans
from benchmarks.figures import Comparison, Figure, Finding, Target, by_turns
from benchmarks.report import Section
from benchmarks.stage import SESSIONS, without
from django_celery.local.stack import Stack
from pipelines import ledger
from pipelines.models import Run
from pipelines.sweep import sweep

_WARM_UP = 5
_FLAT = Target.at_most(1.1)
_QUEUE = "render"
_SMALL = "small"
# More than a page of any list.
_FEW = 60
# What is stored beyond those few came so many minutes before them, one a minute: before the four
# weeks that the overview counts.
_OLDER = 60 * 24 * 30

NOTE = """\
The same calls in one process, by turns on two databases of one PostgreSQL server, with no worker
running: one holds sixty finished runs, the other so many, each with its application, its four steps
and its two letters; all but those sixty are older than the four weeks of which the overview shows a
chart. *A step* is a run that is opened and its first step claimed and done, in the ledger alone; *a
sweep* asks the broker about the one message that waits, and finds nothing to do; the lists are the
first pages of the back office, through Django. With the backlog, so many runs more wait for a
worker, and their messages lie on the broker. *Whole tables read*: how many of all those statements
have a plan that reads a table of the ledger, of applications or of letters from end to end."""

Way = Callable[[], object]


def measure(stack: Stack, *, sizes: Sequence[int], backlog: int, rounds: int) -> Section:
    """Each way ``rounds`` times, at each of ``sizes`` (ascending) and then with a backlog."""
    (done,) = batches.accept(1)
    batches.wait_until_done(apply_now.name, [done.pk])
    with without(stack, *SESSIONS):
        (waiting,) = batches.accept(1)
        ways = _ways()
        _copy(done, 1, _FEW)
        with databases.copied_as(_SMALL):
            findings = [
                *_with_stored(done, sizes, ways, rounds),
                *_with_backlog(waiting, backlog, ways, rounds),
            ]
    return Section("Growth with what is stored", NOTE, findings)


def _with_stored(
    done: Application, sizes: Sequence[int], ways: dict[str, Way], rounds: int
) -> Iterator[Finding]:
    stored = _FEW
    for size in sizes:
        _copy(done, _OLDER + stored + 1, _OLDER + size)
        yield from _compared(f"{size:,} runs", ways, rounds)
        stored = size
    yield Figure(name="Whole tables read", unit="", figure=_whole_tables(ways))


def _with_backlog(
    waiting: Application, backlog: int, ways: dict[str, Way], rounds: int
) -> Iterator[Finding]:
    _copy(waiting, _FEW + 1, _FEW + backlog)
    _fill_queue(backlog)
    yield from _compared(f"and {backlog:,} waiting", ways, rounds)


def _ways() -> dict[str, Way]:
    client = Client()
    client.force_login(User.objects.create_superuser(f"benchmark-{uuid4().hex[:8]}"))
    applications = reverse("admin:applications_application_changelist")
    pages = {
        "Applications": applications,
        "Applications that failed": f"{applications}?run=failed",
        "Runs": reverse("admin:pipelines_run_changelist"),
        "Letters": reverse("admin:applications_letter_changelist"),
        "Overview": reverse("admin:index"),
    }
    return {
        "A step": _step,
        "A sweep": lambda: sweep(now=timezone.now()),
        **{name: partial(_page, client, address) for name, address in pages.items()},
    }


def _step() -> None:
    """Leaves nothing behind."""
    with transaction.atomic():
        now = timezone.now()
        run = ledger.open_run(apply_now, Application(), now=now)
        claim = ledger.claim(run.pk, "render_dossier", 1, worker="benchmark", now=now)
        ledger.succeed(claim, now=now)
        transaction.set_rollback(True)


def _page(client: Client, address: str) -> None:
    answer = client.get(address, headers={"host": settings.ALLOWED_HOSTS[0]})
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} was answered with {answer.status_code}.")


def _compared(label: str, ways: dict[str, Way], rounds: int) -> list[Comparison]:
    return [_comparison(f"{name}, {label}", way, rounds) for name, way in ways.items()]


def _comparison(name: str, way: Way, rounds: int) -> Comparison:
    small, large = partial(_clocked_at, _SMALL, way), partial(_clocked, way)
    by_turns(_WARM_UP, large, small)
    ours, others = by_turns(rounds, large, small)
    return Comparison(
        name=name, unit="ms", ours=ours, others=others, beside=f"{_FEW} runs", target=_FLAT
    )


def _clocked_at(database: str, way: Way) -> float:
    with databases.connected_to(database):
        return _clocked(way)


def _clocked(way: Way) -> float:
    connection.ensure_connection()
    began = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - began)


def _whole_tables(ways: dict[str, Way]) -> float:
    found = [plans.whole_tables(way, among=copies.TABLES) for way in ways.values()]
    return float(sum(map(len, found)))


def _copy(application: Application, first: int, last: int) -> None:
    run = Run.objects.get(pipeline=apply_now.name, subject_id=str(application.pk))
    copies.copy(application, run, first=first, last=last)
    copies.analyse()


def _fill_queue(messages: int) -> None:
    """So many copies of the one message that waits: the sweep counts them, nobody reads them."""
    with Redis.from_url(settings.CELERY_BROKER_URL) as redis:
        (message,) = redis.lrange(_QUEUE, 0, 0)
        redis.rpush(_QUEUE, *[message] * messages)
