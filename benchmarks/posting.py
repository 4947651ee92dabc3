"""The POST of an application: 1 MB of CV and 300 KB of photo, through gunicorn, over HTTP."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from django.db import connection

from benchmarks.figures import Comparison, Target, by_turns, p95
from benchmarks.report import Section
from benchmarks.stage import WORKERS, beside, without
from benchmarks.visitor import Posted, Visitor
from django_celery.celery import app
from django_celery.local.stack import Stack

_WARM_UP = 5
_DOWN = {"redis": "Redis", "s3": "S3", "inbox": "SMTP"}
_TARGETS = {"redis": Target.at_most(1.1)}

Percentile = Callable[[Sequence[float]], float]
_PERCENTILES: dict[str, Percentile] = {"p50": median, "p95": p95}

NOTE = """\
One visitor, one POST at a time, each on a new connection; the form is fetched before, off the
clock. The bare view stands behind the same gunicorn command and the same settings, without
middleware: it parses the same multipart body and inserts the same rows in one transaction. The
workers are stopped meanwhile, so that nothing else uses the machine. *Stopped* means that the
part's process is gone and connections are refused."""


def measure(stack: Stack, *, rounds: int, posts: int) -> Section:
    """``rounds`` rounds of ``posts`` POSTs under each condition."""
    with (
        without(stack, *WORKERS),
        beside(stack, "web", settings="benchmarks.bare.settings") as bare,
    ):
        usual = Visitor(stack.ports["web"])
        plain = Visitor(bare["web"].part.port or 0)
        found = [_round(stack, usual, plain, posts) for _round_number in range(rounds)]
    return Section("POST of an application", NOTE, list(_findings(found)))


Samples = dict[str, list[float]]


def _round(stack: Stack, usual: Visitor, plain: Visitor, posts: int) -> Samples:
    """Milliseconds by condition."""
    samples: Samples = {}
    with _clean():
        _milliseconds(_WARM_UP, usual.apply, plain.send)
        samples["usual"], samples["bare"] = _milliseconds(posts, usual.apply, plain.send)
        for name in _DOWN:
            with without(stack, name):
                (samples[name],) = _milliseconds(posts, usual.apply)
            _milliseconds(_WARM_UP, usual.apply)
    return samples


def _milliseconds(posts: int, *ways: Callable[[], Posted]) -> list[list[float]]:
    """How long each took, by turns."""
    return [[1000 * posted.seconds for posted in sent] for sent in by_turns(posts, *ways)]


@contextmanager
def _clean() -> Iterator[None]:
    """What was accepted inside the block is forgotten after it, its messages too."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE applications_application, pipelines_run CASCADE")
    app.control.purge()


def _findings(rounds: Sequence[Samples]) -> Iterator[Comparison]:
    yield _comparison(rounds, ("usual", "bare"), "POST", "p50", Target.at_most(2))
    yield _comparison(rounds, ("usual", "bare"), "POST", "p95")
    for part, label in _DOWN.items():
        what = f"POST with {label} stopped"
        yield _comparison(rounds, (part, "usual"), what, "p50", _TARGETS.get(part))
        yield _comparison(rounds, (part, "usual"), what, "p95")


def _comparison(
    rounds: Sequence[Samples],
    conditions: tuple[str, str],
    what: str,
    percentile: str,
    target: Target | None = None,
) -> Comparison:
    of = _PERCENTILES[percentile]
    ours, others = ([of(samples[name]) for samples in rounds] for name in conditions)
    return Comparison(
        name=f"{what}, {percentile}",
        unit="ms",
        ours=ours,
        others=others,
        beside=conditions[1],
        target=target,
    )
