"""How far a run has come, for people and programs to read."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.models import Run, StepRun


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """Where one step stands. Times are aware; ``error`` is the last one's safe text.

    ``next_try_at`` is when it is tried again at the latest, while it waits for that.
    """

    name: str
    status: str
    attempts: int
    queued_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    next_try_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """Where a run stands, as a ``Run.Status``, and each of its steps in their order."""

    status: str
    steps: tuple[StepProgress, ...]


def run_progress(pipeline: str, subject_id: str) -> RunProgress:
    """Two queries. Raises Run.DoesNotExist."""
    run = Run.objects.prefetch_related("steps").get(pipeline=pipeline, subject_id=subject_id)
    return RunProgress(status=run.status, steps=tuple(_step(step) for step in run.steps.all()))


def _step(step: StepRun) -> StepProgress:
    return StepProgress(
        name=step.name,
        status=step.status,
        attempts=step.attempts,
        queued_at=step.queued_at,
        started_at=step.started_at,
        finished_at=step.finished_at,
        next_try_at=step.due_at if step.status == StepRun.Status.RETRY else None,
        error=step.error,
    )
