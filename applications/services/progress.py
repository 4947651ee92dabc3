"""How far an application has come: the ledger's own word, for page, program and letter."""

from dataclasses import dataclass

from applications.models import Application
from applications.pipeline import apply_now
from pipelines.progress import StepProgress, run_progress

__all__ = ["Progress", "StepProgress", "progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An application's reference, and its run: active, done or failed, step by step."""

    reference: str
    status: str
    steps: tuple[StepProgress, ...]


def progress(application: Application) -> Progress:
    """Read it. Two queries."""
    run = run_progress(apply_now.name, str(application.pk))
    return Progress(reference=application.reference, status=run.status, steps=run.steps)
