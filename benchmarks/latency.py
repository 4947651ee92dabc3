"""From Apply Now to HR's inbox, with nothing else to do."""

import time
from pathlib import Path
from statistics import median

from django.conf import settings

from applications.models import Application
from benchmarks import batches, effects
from benchmarks.figures import Comparison, Target, by_turns, p95
from benchmarks.report import Section
from benchmarks.stage import beside
from benchmarks.visitor import Visitor
from django_celery.local.stack import Stack

_WARM_UP = 3
_LOOK_AGAIN = 0.005
_HEAD = 300

NOTE = """\
One application at a time. The clock starts with the POST's connection and stops when HR's letter
lies in the inbox, on its disk (the file's change time, exact to about 4 ms). Beside it stands the
sum of the bare steps, one after the other: the POST to the bare view, then in one process the
render, the three objects put and verified, and HR's letter."""


class _Inbox:
    """The inbox's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "new"

    def files(self) -> set[Path]:
        return set(self._folder.glob("*.eml"))

    def arrival_for_hr(self, before: set[Path]) -> float | None:
        """When a letter to HR arrived that was not there ``before``, or None."""
        for path in self.files() - before:
            with path.open("rb") as file:
                if f"Delivered-To: {settings.HR_EMAIL[0]}\r\n".encode() in file.read(_HEAD):
                    return path.stat().st_ctime
        return None


def measure(stack: Stack, *, rounds: int) -> Section:
    """``rounds`` single applications."""
    inbox = _Inbox(stack.folder / "inbox")
    visitor = Visitor(stack.ports["web"])
    with beside(stack, "web", settings="benchmarks.bare.settings") as bare:
        plain = Visitor(bare["web"].part.port or 0)
        measures = (lambda: _to_inbox(visitor, inbox), lambda: _bare_steps(plain))
        by_turns(_WARM_UP, *measures)
        ours, sums = by_turns(rounds, *measures)
    return Section(
        "Apply Now to HR's inbox",
        NOTE,
        [
            _comparison("p50", [median(ours)], [median(sums)], None),
            _comparison("p95", [p95(ours)], [p95(sums)], Target.at_most(2)),
        ],
    )


def _comparison(
    name: str, ours: list[float], sums: list[float], target: Target | None
) -> Comparison:
    return Comparison(
        name=f"Idle, {name}",
        unit="ms",
        ours=ours,
        others=sums,
        beside="bare steps",
        target=target,
    )


def _to_inbox(visitor: Visitor, inbox: _Inbox) -> float:
    """Milliseconds; returns when nothing is left to do for the application."""
    before = inbox.files()
    posted = visitor.apply()
    batches.wait_until(
        lambda: inbox.arrival_for_hr(before) is not None, what="letters", pause=_LOOK_AGAIN
    )
    arrived = inbox.arrival_for_hr(before) or 0
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
