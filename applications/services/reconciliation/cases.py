"""Applications with all that is known of them, a batch at a time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from applications.models import Application, Document, Letter, StagedContent
from applications.pipeline import apply_now
from applications.services.doubt import STEPS
from pipelines.models import Run, StepRun

BATCH = 200

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Case:
    """One application: its run with its steps, its documents, the letters of Apply Now.

    ``staged`` holds the keys of those documents whose bytes are in the database.
    """

    application: Application
    run: Run | None
    documents: Sequence[Document]
    staged: Collection[UUID]
    letters: Sequence[Letter]

    @property
    def reference(self) -> str:
        return self.application.reference

    @property
    def steps(self) -> Sequence[StepRun]:
        return tuple(self.run.steps.all()) if self.run else ()

    def status(self, step: str) -> str:
        """The step's status; empty if the run has no such step."""
        return next((row.status for row in self.steps if row.name == step), "")

    def has_done(self, step: str) -> bool:
        return self.status(step) == StepRun.Status.SUCCESS

    def letter(self, kind: str) -> Letter | None:
        return next((letter for letter in self.letters if letter.kind == kind), None)


def batches(after: UUID | None) -> Iterator[list[Case]]:
    """All applications beyond ``after`` in the order of their ids, five queries for each batch.

    The rows of a case are read against the stream of events: what a finished step must have left
    behind is read after the step, so a run that moves meanwhile never looks like a broken one.
    """
    while applications := list(_applications(after)[:BATCH]):
        yield _cases(applications)
        after = applications[-1].pk


def _applications(after: UUID | None) -> QuerySet[Application]:
    applications = Application.objects.only("reference").order_by("pk")
    return applications.filter(pk__gt=after) if after else applications


def _cases(applications: Sequence[Application]) -> list[Case]:
    subjects = [str(application.pk) for application in applications]
    runs = {
        UUID(run.subject_id): run
        for run in Run.objects.filter(
            pipeline=apply_now.name, subject_id__in=subjects
        ).prefetch_related("steps")
    }
    documents = _by_application(_documents(), applications)
    letters = _by_application(Letter.objects.filter(kind__in=STEPS), applications)
    return [
        Case(
            application=application,
            run=runs.get(application.pk),
            documents=documents.get(application.pk, ()),
            staged={row.pk for row in documents.get(application.pk, ()) if row.is_staged},
            letters=letters.get(application.pk, ()),
        )
        for application in applications
    ]


def _documents() -> QuerySet[Any]:
    staged = StagedContent.objects.filter(document=OuterRef("pk"))
    return Document.objects.annotate(is_staged=Exists(staged))


def _by_application(
    rows: QuerySet[Any], applications: Collection[Application]
) -> dict[UUID, list[Any]]:
    found = rows.filter(application__in=applications).order_by("application_id", "pk")
    return {pk: list(group) for pk, group in groupby(found, key=lambda row: row.application_id)}
