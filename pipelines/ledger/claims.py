"""Who holds a step: a lease with a number that fences whoever held it before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from django.db.models import F, Q

from pipelines.models import Attempt, StepRun

# A killed worker's step is free again after at most this long.
LEASE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to run one attempt of one step, for as long as the lease is renewed."""

    step_run_id: int
    run_id: UUID
    pipeline: str
    subject_id: str
    step: str
    attempt: int
    tries: int
    outage: str
    opened_at: datetime


class Dropped(Exception):
    """Somebody else holds this attempt, or it is not its turn: the message is void."""


class Cancelled(Exception):
    """The step is not to be done any more: the message is void, and Flower should say so."""


class LeaseLost(Exception):
    """The attempt was taken for dead in the meantime; what it wanted to record is refused."""


class Ended(Exception):
    """This very attempt has ended before; ``outcome`` is how (a StepRun or Attempt value)."""

    def __init__(self, outcome: str, error: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.error = error


def claim(run_id: UUID, step: str, attempt: int, *, worker: str, now: datetime) -> Claim:
    """Take the step for attempt number ``attempt``, if it is free and it is its turn.

    Raises Dropped, Cancelled where the step is not to be done any more, or Ended where a message
    of a finished attempt was delivered again.
    """
    rows = StepRun.objects.filter(run_id=run_id, name=step)
    is_turn = Q(status=StepRun.Status.SENT) | Q(status=StepRun.Status.PENDING, due_at__isnull=False)
    taken = rows.filter(is_turn, attempts=attempt - 1).update(
        status=StepRun.Status.STARTED,
        attempts=F("attempts") + 1,
        started_at=now,
        due_at=now + LEASE,
        worker=worker[:120],
        error="",
    )
    row = rows.select_related("run").first()
    if row is not None and row.status == StepRun.Status.CANCELLED and row.attempts < attempt:
        raise Cancelled
    if row is None or row.attempts < attempt:
        raise Dropped
    # A process that stood still since the update may have been taken for dead, and overtaken.
    if taken != 1 or row.attempts != attempt or row.status != StepRun.Status.STARTED:
        refuse(row, attempt, otherwise=Dropped)
    return _as_claim(row)


def _as_claim(row: StepRun) -> Claim:
    return Claim(
        step_run_id=row.pk,
        run_id=row.run_id,
        pipeline=row.run.pipeline,
        subject_id=row.run.subject_id,
        step=row.name,
        attempt=row.attempts,
        tries=row.tries,
        outage=row.outage,
        opened_at=row.opened_at or row.run.created_at,
    )


def refuse(row: StepRun, attempt: int, *, otherwise: type[Exception]) -> NoReturn:
    """Say what became of that attempt: raises Ended if it is known, else ``otherwise``."""
    ended = (StepRun.Status.SUCCESS, StepRun.Status.FAILURE)
    if row.attempts == attempt and row.status in ended:
        raise Ended(row.status, row.error)
    past = Attempt.objects.filter(step=row, number=attempt).first()
    if past is not None:
        raise Ended(past.outcome, past.error)
    raise otherwise


def renew(claims: Iterable[Claim], *, now: datetime) -> None:
    """The heartbeat: these attempts are alive. Those taken over meanwhile stay lost."""
    alive = Q(pk__in=())
    for held in claims:
        alive |= Q(pk=held.step_run_id, attempts=held.attempt)
    StepRun.objects.filter(alive, status=StepRun.Status.STARTED).update(due_at=now + LEASE)
