"""Steps that had ended and are to be done again, because the world no longer shows their effect."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from pipelines.ledger.records import archive
from pipelines.models import Attempt, Run, StepRun

_ENDED = (StepRun.Status.SUCCESS, StepRun.Status.FAILURE)


def reopen(run: Run, names: Collection[str], *, now: datetime) -> tuple[str, ...]:
    """Let the run go through these steps once more; those that have not ended are left alone.

    They come in the order of the story, each after what stands before it, and the sweep sends
    them. Their past attempts stay in the history. Returns the names of the steps it moved back,
    so a second call returns none while they are on their way; none of a run that was cancelled.
    Not for letting failed steps go on: that is ``resume``.
    """
    with transaction.atomic():
        if Run.objects.select_for_update().get(pk=run.pk).status == Run.Status.CANCELLED:
            return ()
        ended = list(run.steps.filter(name__in=names, status__in=_ENDED))
        if ended:
            _move_back(ended)
            _begin(run, now=now)
    return tuple(step.name for step in ended)


def _move_back(steps: Collection[StepRun]) -> None:
    for step in steps:
        if step.status == StepRun.Status.SUCCESS and step.finished_at:
            archive(step.pk, Attempt.Outcome.SUCCESS, now=step.finished_at)
    StepRun.objects.filter(pk__in=[step.pk for step in steps]).update(
        status=StepRun.Status.PENDING,
        tries=0,
        crashes=0,
        opened_at=None,
        queued_at=None,
        started_at=None,
        finished_at=None,
        error="",
    )


def _begin(run: Run, *, now: datetime) -> None:
    """Make the first of what is left due, unless it is on its way, and the run what it is."""
    left = list(run.steps.exclude(status=StepRun.Status.SUCCESS))
    first = [step.pk for step in left if step.stage == left[0].stage and not step.opened_at]
    StepRun.objects.filter(pk__in=first).update(opened_at=now, due_at=now)
    if not any(step.status == StepRun.Status.FAILURE for step in left):
        Run.objects.filter(pk=run.pk).update(status=Run.Status.ACTIVE, finished_at=None)
