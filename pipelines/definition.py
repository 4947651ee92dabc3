"""The words in which a pipeline is written down: pure data, no Celery, no database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model


class StepError(Exception):
    """What a step raises when it knows what went wrong.

    Its text is stored in the ledger and shown in Flower, to operators and to the subject's
    page: one clear sentence that holds nothing personal.
    """


class Outage(StepError):
    """Something that all steps of its kind need is away, whatever their subject.

    So not each of them has to wait out its own time: the sweep lets one of those that wait for
    the same class of outage try again every few seconds; unless that meets it again, all are due.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """When a failed step is tried again: on these errors only, after these waits (seconds).

    With ``lasting`` the last wait is repeated until that long after the step's turn came.
    Any error that is not listed is taken for a bug and stops the step at once.
    """

    on: tuple[type[StepError], ...] = ()
    waits: tuple[float, ...] = ()
    lasting: timedelta = timedelta(0)

    def next_try(self, *, tries: int, opened_at: datetime, now: datetime) -> datetime | None:
        """When to try again after ``tries`` failed ones (1 or more); None: give up."""
        if tries <= len(self.waits):
            return now + timedelta(seconds=self.waits[tries - 1])
        if not self.waits or now - opened_at >= self.lasting:
            return None
        return now + timedelta(seconds=self.waits[-1])


def always(_subject: Any) -> bool:
    """For steps that every run has."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a story. Called directly, outside a run, it is the plain function it wraps."""

    function: Callable[[Any], None]
    queue: str
    timeout: float
    retry: Retry
    needed_by: Callable[[Any], bool] = always

    @property
    def name(self) -> str:
        return self.function.__name__

    def queue_of(self, *, is_again: bool) -> str:
        """Where its message waits; that of a later attempt in a queue of its own.

        So a step that met trouble does not wait behind a whole backlog once more.
        """
        return again(self.queue) if is_again else self.queue

    def __call__(self, subject: Any) -> None:
        self.function(subject)


def again(queue: str) -> str:
    """The name of the queue beside this one, for steps that are tried again."""
    return f"{queue}.again"


def step(
    *,
    queue: str,
    timeout: float,
    retry: Retry = Retry(),
    needed_by: Callable[[Any], bool] = always,
) -> Callable[[Callable[[Any], None]], Step]:
    """Make a function of the subject into a step.

    It runs on ``queue``, later attempts on the one beside it (``again``), is taken for dead after
    ``timeout`` seconds, and may be run again after a crash at any point: its effects must be
    repeatable. ``needed_by`` is asked once, with the subject whose run is opened: that run has the
    step or does not have it, whatever changes later.
    """

    def decorate(function: Callable[[Any], None]) -> Step:
        return Step(
            function=function, queue=queue, timeout=timeout, retry=retry, needed_by=needed_by
        )

    return decorate


@dataclass(frozen=True, slots=True)
class Together:
    """Steps of which none waits for another; the story goes on when all have succeeded."""

    steps: tuple[Step, ...]


def together(*steps: Step) -> Together:
    """These steps side by side."""
    return Together(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A story: what happens to a subject, in which order, read from top to bottom."""

    name: str
    subject: type[Model]
    story: tuple[Step | Together, ...]
    # What each step is given along with the subject, in the words of Django's querysets.
    select_related: tuple[str, ...] = ()
    prefetch_related: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """The story as a tuple of stages, each a tuple of steps that run side by side."""
        return tuple(part.steps if isinstance(part, Together) else (part,) for part in self.story)

    def stages_for(self, subject: Model) -> tuple[tuple[Step, ...], ...]:
        """Those stages, with the steps alone that a run of this subject needs."""
        needed = (tuple(step for step in stage if step.needed_by(subject)) for stage in self.stages)
        return tuple(filter(None, needed))

    @property
    def steps(self) -> Iterator[Step]:
        """All steps in their order."""
        return (step for stage in self.stages for step in stage)

    def find(self, name: str) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def task_name(self, step_name: str) -> str:
        """The step's name on the wire: in Celery, Flower and the logs."""
        return f"{self.name}.{step_name}"
