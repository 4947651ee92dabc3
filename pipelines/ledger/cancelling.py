"""Runs that are not to go on, because nobody wants what they would still do."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from pipelines import registry
from pipelines.models import Run, StepRun

_OVER = (Run.Status.DONE, Run.Status.CANCELLED)
# What nobody is at. A step that a worker holds is left to end as it ends.
_IDLE = (
    StepRun.Status.PENDING,
    StepRun.Status.SENT,
    StepRun.Status.RETRY,
    StepRun.Status.FAILURE,
)


def cancel(subject: Model, *, now: datetime) -> None:
    """Cancel what is not done yet of all runs of this subject, in whatever pipeline.

    Steps that succeeded keep their word, and a run that is done stays done. A step that a worker
    holds right now is not interrupted: it ends as it ends, is not tried again, and nothing comes
    after it. A cancelled run cannot be resumed or reopened. Safe to call twice.
    """
    with transaction.atomic():
        runs = _runs_of(subject).exclude(status__in=_OVER)
        for run in runs.select_for_update():
            Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED, finished_at=now)
            cancel_idle_steps(run, now=now)


def cancel_idle_steps(run: Run, *, now: datetime) -> None:
    """Call it in a transaction that holds the run's row, and for a cancelled run only."""
    run.steps.filter(status__in=_IDLE).update(
        status=StepRun.Status.CANCELLED, due_at=None, finished_at=now, outage=""
    )


def is_at_rest(subject: Model) -> bool:
    """Whether no worker holds a step of a cancelled run of this subject any more."""
    cancelled = _runs_of(subject).filter(status=Run.Status.CANCELLED)
    held = StepRun.objects.filter(run__in=cancelled, status=StepRun.Status.STARTED)
    return not held.exists()


def _runs_of(subject: Model) -> QuerySet[Run]:
    """Also in pipelines that this release does not know; in none that is about another model."""
    others = registry.names_not_about(type(subject))
    return Run.objects.filter(subject_id=str(subject.pk)).exclude(pipeline__in=others)
