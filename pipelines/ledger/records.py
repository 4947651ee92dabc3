"""How an attempt ended. A record is refused once the lease has passed to somebody else."""

from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction

from pipelines.ledger.cancelling import cancel_idle_steps
from pipelines.ledger.claims import Claim, Ended, LeaseLost, refuse
from pipelines.ledger.opening import advance
from pipelines.models import Attempt, Run, StepRun

MAX_CRASHES = 4


def succeed(claim: Claim, *, now: datetime) -> bool:
    """The step is done. Returns whether that opened the next stage. Raises LeaseLost."""
    with transaction.atomic():
        # Two branches that end together must see each other, or neither opens what follows.
        run = lock(claim.run_id)
        _finish(claim, status=StepRun.Status.SUCCESS, finished_at=now, error="", outage="")
        _wake(claim, now=now)
        return advance(run, now=now)


def lock(run_id: UUID) -> Run:
    """Hold the run's row until the end of the transaction: always before any of its steps."""
    return Run.objects.select_for_update().get(pk=run_id)


def _wake(claim: Claim, *, now: datetime, outage: str = "") -> None:
    """The outage that the attempt before met is over, unless it met it again: all are due."""
    if claim.outage and claim.outage != outage:
        alike = StepRun.objects.filter(outage=claim.outage, status=StepRun.Status.RETRY)
        alike.filter(due_at__gt=now).update(due_at=now)


def retry(claim: Claim, error: str, *, due_at: datetime, now: datetime, outage: str = "") -> None:
    """The step failed and is tried again at ``due_at``, unless its run was cancelled.

    Raises LeaseLost.
    """
    with transaction.atomic():
        run = lock(claim.run_id)
        _finish(
            claim,
            status=StepRun.Status.RETRY,
            due_at=due_at,
            tries=claim.tries + 1,
            error=error,
            outage=outage,
        )
        archive(claim.step_run_id, Attempt.Outcome.RETRY, now=now)
        _wake(claim, now=now, outage=outage)
        go_no_further(run, now=now)


def fail(claim: Claim, error: str, *, now: datetime) -> None:
    """The step failed for good; a person may resume it. Raises LeaseLost."""
    with transaction.atomic():
        run = lock(claim.run_id)
        _finish(claim, status=StepRun.Status.FAILURE, finished_at=now, error=error, outage="")
        archive(claim.step_run_id, Attempt.Outcome.FAILURE, now=now)
        _wake(claim, now=now)
        mark_failed(claim.run_id, now=now)
        go_no_further(run, now=now)


def _finish(claim: Claim, **values: Any) -> None:
    held = StepRun.objects.filter(
        pk=claim.step_run_id, attempts=claim.attempt, status=StepRun.Status.STARTED
    )
    if held.update(**{"due_at": None, **values}) != 1:
        _refuse_late(claim)


def _refuse_late(claim: Claim) -> NoReturn:
    """Raises LeaseLost, or Ended if this very record was committed and only the answer got lost."""
    try:
        refuse(StepRun.objects.get(pk=claim.step_run_id), claim.attempt, otherwise=LeaseLost)
    except Ended as ended:
        if ended.outcome == Attempt.Outcome.CRASH:
            raise LeaseLost from None
        raise


def archive(step_run_id: int, outcome: str, *, now: datetime) -> Attempt:
    """Keep the attempt that just ended."""
    step = StepRun.objects.get(pk=step_run_id)
    return Attempt.objects.create(
        step=step,
        number=step.attempts,
        outcome=outcome,
        queued_at=step.queued_at,
        started_at=step.started_at,
        ended_at=now,
        worker=step.worker,
        error=step.error,
    )


def mark_failed(run_id: UUID, *, now: datetime) -> None:
    """A run with a failed step is failed, whatever its other branch still does.

    One that was cancelled stays so: it needs nobody.
    """
    runs = Run.objects.filter(pk=run_id).exclude(status=Run.Status.CANCELLED)
    runs.update(status=Run.Status.FAILED, finished_at=now)


def go_no_further(run: Run, *, now: datetime) -> None:
    """A step that ended short of success in a run that was cancelled meanwhile is cancelled too."""
    if run.status == Run.Status.CANCELLED:
        cancel_idle_steps(run, now=now)
