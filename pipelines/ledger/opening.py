"""Where runs begin, and begin again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from pipelines.definition import Pipeline
from pipelines.models import Run, StepRun


def open_run(pipeline: Pipeline, subject: Model, *, now: datetime) -> Run:
    """A new run of this subject with the steps that it needs, the first stage marked as sent.

    Call it inside the transaction that creates the subject. Raises IntegrityError if the subject
    has a run already.
    """
    with transaction.atomic():
        run = Run.objects.create(pipeline=pipeline.name, subject_id=str(subject.pk), created_at=now)
        StepRun.objects.bulk_create(
            _as_sent(step, now) if step.stage == 0 else step
            for step in (
                StepRun(run=run, name=step.name, stage=stage)
                for stage, steps in enumerate(pipeline.stages_for(subject))
                for step in steps
            )
        )
    return run


def _as_sent(step: StepRun, now: datetime) -> StepRun:
    step.status = StepRun.Status.SENT
    step.opened_at = step.queued_at = now
    return step


def advance(run: Run, *, now: datetime) -> bool:
    """Open the next stage if the one before it is complete, or finish the run.

    Call it in a transaction that holds the run's row. Returns whether a stage was opened; none
    is in a run that was cancelled.
    """
    left = [step for step in run.steps.all() if step.status != StepRun.Status.SUCCESS]
    if not left:
        Run.objects.filter(pk=run.pk).update(status=Run.Status.DONE, finished_at=now)
        return False
    if run.status == Run.Status.CANCELLED:
        return False
    unopened = [step for step in left if step.stage == left[0].stage and not step.opened_at]
    if unopened:
        _open(unopened, now=now)
    return bool(unopened)


def _open(steps: Iterable[StepRun], *, now: datetime) -> None:
    StepRun.objects.filter(pk__in=[step.pk for step in steps]).update(
        status=StepRun.Status.SENT, opened_at=now, queued_at=now
    )


def resume(run: Run, *, now: datetime) -> int:
    """Give the failed steps of a run a fresh start; finished ones are not repeated.

    Returns how many steps wait for the sweep (or for ``canvas.send``) now.
    """
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        count = run.steps.filter(status=StepRun.Status.FAILURE).update(
            status=StepRun.Status.PENDING,
            tries=0,
            crashes=0,
            opened_at=now,
            finished_at=None,
            due_at=now,
        )
        if count:
            Run.objects.filter(pk=run.pk).update(status=Run.Status.ACTIVE, finished_at=None)
    return count
