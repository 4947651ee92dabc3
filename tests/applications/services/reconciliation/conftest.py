"""A whole house: an object store, a mail server, and applications that have gone all the way."""

import hashlib
from collections import Counter

import pytest

from applications import dossier
from applications.models import Document, StagedContent
from applications.pipeline import apply_now
from applications.services.reconciliation import repair, survey
from applications.services.reconciliation.findings import Finding
from pipelines import ledger
from pipelines.execution import execute
from pipelines.models import Run, StepRun
from tests.factories import make_application, make_document

CV = b"%PDF-1.7 a life"


@pytest.fixture
def drawing(monkeypatch):
    """What ``dossier.render`` makes: a list of one, for tests to change."""
    made = [b"%PDF-1.7 a dossier"]
    monkeypatch.setattr(dossier, "render", lambda _application, **_uploads: made[0])
    return made


@pytest.fixture
def house(db, now, s3, smtp, drawing):
    return House(now, s3, smtp)


class House:
    """Applications and what carries them, without Celery."""

    def __init__(self, now, s3, smtp):
        self.now = now
        self.s3 = s3
        self.smtp = smtp

    def accept(self, **values):
        """An application with a CV, as ``submit`` leaves it."""
        application = make_application(**values)
        self.stage(application, kind="resume", content=CV)
        ledger.open_run(apply_now, application, now=self.now)
        return application

    def stage(self, application, *, kind, content):
        document = make_document(
            application,
            kind=kind,
            filename=f"{kind}.pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        StagedContent.objects.create(document=document, content=content)
        return document

    def finish(self, **values):
        """An application that has gone all the way."""
        application = self.accept(**values)
        self.carry(application)
        assert self.run(application).status == "done"
        return application

    def carry(self, application):
        """Do what workers would do, until there is nothing left that is anybody's turn."""
        while turn := [s for s in self.run(application).steps.all() if _is_its_turn(s)]:
            for step in turn:
                execute(step.run_id, step.name, step.next_attempt, worker="deliver@one")

    def run(self, application):
        return Run.objects.get(subject_id=str(application.pk))

    def statuses(self, application):
        return {step.name: step.status for step in self.run(application).steps.all()}

    def survey(self):
        """What one survey finds."""
        return [event for event in survey(look_closely=_always) if isinstance(event, Finding)]

    def reconcile(self):
        """One survey with all repairs: the names of the problems that it found."""
        findings = self.survey()
        for finding in findings:
            repair(finding, now=self.now)
        return Counter(finding.problem.name for finding in findings)

    def delete(self, document):
        self.s3.delete_object(Bucket="applications", Key=document.key)

    def overwrite(self, document, content):
        self.s3.put_object(Bucket="applications", Key=document.key, Body=content)


def _is_its_turn(step):
    return step.status == StepRun.Status.SENT or (
        step.status == StepRun.Status.PENDING and step.due_at is not None
    )


def _always(_application):
    return True


def dossier_of(application):
    return application.documents.get(kind=Document.Kind.DOSSIER)


def cv_of(application):
    return application.documents.get(kind=Document.Kind.RESUME)
