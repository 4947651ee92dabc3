"""How far an application has come: the ledger's own word, for page, program and letter."""

from dataclasses import dataclass
from datetime import datetime

from applications.models import Application
from applications.pipeline import apply_now, withdrawal
from pipelines.progress import RunProgress, StepProgress, run_progress

__all__ = ["Progress", "RunProgress", "StepProgress", "progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An application's reference, and its run: active, done, failed or cancelled, step by step.

    ``withdrawn_at`` (aware) and the run of its ``withdrawal`` are there once it is withdrawn.
    """

    reference: str
    status: str
    steps: tuple[StepProgress, ...]
    withdrawn_at: datetime | None = None
    withdrawal: RunProgress | None = None

    @property
    def runs(self) -> tuple[str, ...]:
        """The status of each of its runs."""
        return (self.status, self.withdrawal.status) if self.withdrawal else (self.status,)


def progress(application: Application) -> Progress:
    """Read it. Two queries, two more of one that was withdrawn."""
    run = run_progress(apply_now.name, str(application.pk))
    return Progress(
        reference=application.reference,
        status=run.status,
        steps=run.steps,
        withdrawn_at=application.withdrawn_at,
        withdrawal=_withdrawal(application),
    )


def _withdrawal(application: Application) -> RunProgress | None:
    if application.withdrawn_at is None:
        return None
    return run_progress(withdrawal.name, str(application.pk))
