"""A run as lines: each step with all of its attempts, those that failed and the one that counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from pipelines import registry
from pipelines.models import Attempt, Run, StepRun

_MOVING = frozenset({StepRun.Status.SENT, StepRun.Status.STARTED, StepRun.Status.RETRY})


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One attempt. ``state`` is an Attempt's outcome, or ``sent``, ``started`` or ``success``.

    ``ended_at`` is None while it goes on; ``until`` is its end, or the moment that was asked for.
    """

    number: int
    state: str
    label: str
    queued_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    until: datetime
    worker: str = ""
    error: str = ""

    @property
    def waited(self) -> timedelta | None:
        """How long its message waited for a worker."""
        return (self.started_at or self.until) - self.queued_at if self.queued_at else None

    @property
    def worked(self) -> timedelta | None:
        return self.until - self.started_at if self.started_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step. ``next_try_at`` and ``next_try_in`` are set while it waits to try again.

    ``is_outage`` says that it waits with others for something to come back, and so may be sooner;
    ``is_unsent`` that it is its turn and no message carries it yet; ``is_known`` that this
    release has such a step.
    """

    name: str
    status: str
    label: str
    error: str
    is_known: bool
    is_outage: bool
    is_unsent: bool
    next_try_at: datetime | None
    next_try_in: timedelta | None
    attempts: tuple[AttemptLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A run at the moment ``now``: its stages in the order of the story, each with its steps.

    ``is_moving`` says that something will happen without a person, in a failed run's other
    branch too.
    """

    run: Run
    now: datetime
    is_moving: bool
    stages: tuple[tuple[StepLine, ...], ...]

    @property
    def steps(self) -> Iterator[StepLine]:
        return (step for stage in self.stages for step in stage)

    @property
    def failed(self) -> tuple[StepLine, ...]:
        """The steps that need a person."""
        return tuple(step for step in self.steps if step.status == StepRun.Status.FAILURE)

    @property
    def has_attempts(self) -> bool:
        return any(step.attempts for step in self.steps)

    @property
    def until(self) -> datetime:
        """Where it ends: now, or with the last thing that happened where nothing moves."""
        if self.is_moving:
            return self.now
        ends = (attempt.until for step in self.steps for attempt in step.attempts)
        return max([self.run.finished_at or self.run.created_at, *ends])

    @property
    def took(self) -> timedelta:
        return self.until - self.run.created_at


def timeline(run: Run, *, now: datetime) -> Timeline:
    """The run as it stands at ``now`` (aware), from its steps and their past attempts.

    It works for pipelines and steps that this release does not know.
    """
    rows = list(run.steps.all())
    return Timeline(
        run=run,
        now=now,
        is_moving=any(row.status in _MOVING or _is_unsent(row) for row in rows),
        stages=tuple(
            tuple(_step(run, row, now) for row in stage)
            for _number, stage in groupby(rows, key=lambda row: row.stage)
        ),
    )


def _step(run: Run, row: StepRun, now: datetime) -> StepLine:
    next_try_at = row.due_at if row.status == StepRun.Status.RETRY else None
    return StepLine(
        name=row.name,
        status=row.status,
        label=row.get_status_display(),
        error=row.error,
        is_known=registry.find_step(run.pipeline, row.name) is not None,
        is_outage=bool(row.outage),
        is_unsent=_is_unsent(row),
        next_try_at=next_try_at,
        next_try_in=max(next_try_at - now, timedelta()) if next_try_at else None,
        attempts=(*(_past(attempt) for attempt in row.past_attempts.all()), *_latest(row, now)),
    )


def _is_unsent(row: StepRun) -> bool:
    return row.status == StepRun.Status.PENDING and row.due_at is not None


def _past(attempt: Attempt) -> AttemptLine:
    # A revoked message reached no worker; the row may still name the attempt before it.
    is_void = attempt.outcome == Attempt.Outcome.REVOKED
    return AttemptLine(
        number=attempt.number,
        state=attempt.outcome,
        label=attempt.get_outcome_display(),
        queued_at=attempt.queued_at,
        started_at=None if is_void else attempt.started_at,
        ended_at=attempt.ended_at,
        until=attempt.ended_at,
        worker="" if is_void else attempt.worker,
        error="" if is_void else attempt.error,
    )


def _latest(row: StepRun, now: datetime) -> Iterator[AttemptLine]:
    """The attempt that is not past: on the broker, at work, or the one that succeeded."""
    if row.status == StepRun.Status.SENT:
        yield AttemptLine(
            number=row.next_attempt,
            state=row.status,
            label=row.get_status_display(),
            queued_at=row.queued_at,
            started_at=None,
            ended_at=None,
            until=now,
        )
    elif row.status in (StepRun.Status.STARTED, StepRun.Status.SUCCESS):
        yield AttemptLine(
            number=row.attempts,
            state=row.status,
            label=row.get_status_display(),
            queued_at=row.queued_at,
            started_at=row.started_at,
            ended_at=row.finished_at,
            until=row.finished_at or now,
            worker=row.worker,
        )
