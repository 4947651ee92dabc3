"""Runs that are not to go on, because nobody wants what they would still do."""

from datetime import datetime

from django.db import transaction

from pipelines.models import Run, StepRun

_OVER = (Run.Status.DONE, Run.Status.CANCELLED)
# What nobody is at. A step that a worker holds is left to end as it ends.
_IDLE = (
    StepRun.Status.PENDING,
    StepRun.Status.SENT,
    StepRun.Status.RETRY,
    StepRun.Status.FAILURE,
)


def cancel(subject_id: str, *, now: datetime) -> None:
    """Cancel what is not done yet of all runs of this subject, in whatever pipeline.

    Steps that succeeded keep their word, and a run that is done stays done. A step that a worker
    holds right now is not interrupted: it ends as it ends, is not tried again, and nothing comes
    after it. A cancelled run cannot be resumed or reopened. Safe to call twice.
    """
    with transaction.atomic():
        runs = Run.objects.filter(subject_id=subject_id).exclude(status__in=_OVER)
        for run in runs.select_for_update():
            Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED, finished_at=now)
            cancel_idle_steps(run, now=now)


def cancel_idle_steps(run: Run, *, now: datetime) -> None:
    """Call it in a transaction that holds the run's row, and for a cancelled run only."""
    run.steps.filter(status__in=_IDLE).update(
        status=StepRun.Status.CANCELLED, due_at=None, finished_at=now, outage=""
    )


def is_at_rest(subject_id: str) -> bool:
    """Whether no worker holds a step of a cancelled run of this subject any more."""
    cancelled = StepRun.objects.filter(run__subject_id=subject_id, run__status=Run.Status.CANCELLED)
    return not cancelled.filter(status=StepRun.Status.STARTED).exists()
