"""How far applications have come, read from the ledger in one go for a whole list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.pipeline import apply_now
from pipelines.models import Run, StepRun

RUN_WORDS: dict[str, str | Promise] = {
    Run.Status.ACTIVE: _("On its way"),
    Run.Status.FAILED: _("Needs a person"),
    Run.Status.DONE: _("Delivered"),
    Run.Status.CANCELLED: _("Cancelled"),
}
_STEP_WORDS: dict[str, str | Promise] = {
    "scan_files": _("Virus scan"),
    "render_dossier": _("Dossier"),
    "store_dossier": _("Storage"),
    "email_hr": _("Letter to HR"),
    "email_applicant": _("Letter to the applicant"),
}


# The state decides the look, the words what people read ("sent" is a message on the broker).
_STATUSES: dict[str, tuple[str, str | Promise]] = {
    StepRun.Status.PENDING: ("waiting", _("waits for its turn")),
    StepRun.Status.SENT: ("working", _("in the queue")),
    StepRun.Status.STARTED: ("working", _("being worked on")),
    StepRun.Status.RETRY: ("working", _("will be tried again")),
    StepRun.Status.SUCCESS: ("done", _("done")),
    StepRun.Status.FAILURE: ("failed", _("failed")),
    StepRun.Status.CANCELLED: ("waiting", _("cancelled")),
}


@dataclass(frozen=True)
class Mark:
    """A step as people know it, and the ledger's row behind it."""

    step: StepRun

    @property
    def title(self) -> str | Promise:
        return _STEP_WORDS.get(self.step.name, self.step.name)

    @property
    def state(self) -> str:
        """One of waiting, working, done, failed."""
        return _STATUSES[self.step.status][0]

    @property
    def words(self) -> str | Promise:
        return _STATUSES[self.step.status][1]


@dataclass(frozen=True)
class Progress:
    """A run as people know it."""

    run: Run

    @property
    def words(self) -> str | Promise:
        return RUN_WORDS[self.run.status]

    @property
    def marks(self) -> Sequence[Mark]:
        """One for each step, in the order of the story."""
        return [Mark(step) for step in self.run.steps.all()]


def progress_of(applications: Iterable[Application]) -> dict[UUID, Progress]:
    """How far each has come, by its primary key: two queries, however many there are."""
    subjects = [str(application.pk) for application in applications]
    runs = _runs().filter(subject_id__in=subjects).prefetch_related("steps")
    return {UUID(run.subject_id): Progress(run) for run in runs}


def _runs() -> QuerySet[Run]:
    return Run.objects.filter(pipeline=apply_now.name)
