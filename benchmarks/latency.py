"""From Apply Now to HR's inbox: with nothing else to do, and at half load."""

import time
from statistics import median

from applications.models import Application
from benchmarks import batches, effects, half_load
from benchmarks.figures import Comparison, Figure, Target, by_turns, p95
from benchmarks.inbox import Inbox
from benchmarks.report import Section
from benchmarks.stage import beside
from benchmarks.visitor import Visitor
from django_celery.local.stack import Stack

_WARM_UP = 3
_LOOK_AGAIN = 0.005

NOTE = """\
Idle is one application at a time. The clock starts with the POST's connection and stops when HR's
letter lies in the inbox, on its disk (the file's change time, exact to about 4 ms). Beside it
stands the sum of the bare steps, one after the other: the POST to the bare view, then in one
process the render, the three objects put and verified, and HR's letter.

At half load people come at random moments (a Poisson process), half as many a second as the
pipeline has just drained from a backlog. Their forms were fetched before."""


def measure(stack: Stack, *, rounds: int, batch: int, posts: int) -> Section:
    """``rounds`` single applications; a backlog of ``batch``, then ``posts`` at half load."""
    inbox = Inbox(stack.folder / "inbox")
    visitor = Visitor(stack.ports["web"])
    with beside(stack, "web", settings="benchmarks.bare.settings") as bare:
        plain = Visitor(bare["web"].part.port or 0)
        measures = (lambda: _to_inbox(visitor, inbox), lambda: _bare_steps(plain))
        by_turns(_WARM_UP, *measures)
        idle, sums = by_turns(rounds, *measures)
    busy = half_load.measure(stack, visitor, batch=batch, posts=posts)
    return Section(
        "Apply Now to HR's inbox",
        NOTE,
        [
            _comparison("Idle, p50", [median(idle)], "bare steps", [median(sums)], None),
            _comparison("Idle, p95", [p95(idle)], "bare steps", [p95(sums)], Target.at_most(2)),
            Figure(name="Offered at half load", unit="applications/s", figure=busy.rate),
            _comparison("Half load, p50", [median(busy.waits)], "idle", [median(idle)], None),
            _comparison("Half load, p95", [p95(busy.waits)], "idle", [p95(idle)], None),
        ],
    )


def _comparison(
    name: str, ours: list[float], beside: str, others: list[float], target: Target | None
) -> Comparison:
    return Comparison(
        name=name,
        unit="ms",
        ours=ours,
        others=others,
        beside=beside,
        target=target,
    )


def _to_inbox(visitor: Visitor, inbox: Inbox) -> float:
    """Milliseconds; returns when nothing is left to do for the application."""
    before = inbox.files()
    posted = visitor.apply()
    batches.wait_until(lambda: bool(inbox.for_hr(before)), what="letters", pause=_LOOK_AGAIN)
    (arrived,) = inbox.for_hr(before).values()
    batches.wait_until_done("apply_now", [_newest().pk])
    return 1000 * (arrived - posted.at)


def _bare_steps(plain: Visitor) -> float:
    """Milliseconds, for the application that the pipeline has just delivered."""
    application = _newest()
    posted = plain.send()
    began = time.perf_counter()
    drawn = effects.render(application)
    effects.store(application, drawn)
    effects.mail_hr(application, drawn)
    return 1000 * (posted.seconds + time.perf_counter() - began)


def _newest() -> Application:
    return Application.objects.select_related("job").latest("submitted_at")
