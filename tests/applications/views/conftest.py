import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application, Question
from tests.applications.uploads import samples
from tests.factories import make_consent, make_job

Kind = Question.Kind
OPTIONS = {Kind.CHOICE: "Soon\nLater", Kind.CHOICES: "Ada\nLisp\nPython"}


@pytest.fixture
def consent(db):
    return make_consent()


@pytest.fixture
def job(consent):
    """An open position with one question of each kind."""
    job = make_job(slug="backend-engineer")
    for position, kind in enumerate(Kind):
        job.questions.create(
            position=position,
            kind=kind,
            label=f"{kind}?",
            options=OPTIONS.get(kind, ""),
            is_required=True,
        )
    return job


def good_answers():
    return {
        Kind.SHORT_TEXT: "A word",
        Kind.LONG_TEXT: "A story",
        Kind.NUMBER: "1,250.50",
        Kind.DATE: "2026-05-01",
        Kind.CHOICE: "Later",
        Kind.CHOICES: ["Python", "Ada"],
        Kind.YES_NO: "no",
        Kind.LINK: "example.org/work",
        Kind.FILE: SimpleUploadedFile("work.rtf", samples.RTF),
    }


@pytest.fixture
def filled_in(job, consent):
    """Makes what a browser sends with the form, some of it changed."""

    def make(**changes):
        names = {question.kind: question.field_name for question in job.questions.all()}
        answers = {names[kind]: answer for kind, answer in good_answers().items()}
        return {
            "submission_key": str(uuid.UUID(int=7)),
            "consent_version": str(consent.pk),
            "full_name": "Ada Lovelace",
            "email": "ada@example.org",
            "phone": "+44 20 7946 0018",
            "cover_letter": "Dear team,\r\n\r\nhere I am.",
            "resume": SimpleUploadedFile("cv.pdf", samples.pdf()),
            "consent": "on",
            **answers,
            **changes,
        }

    return make


@pytest.fixture
def post(client, filled_in):
    """Sends the form as a browser does."""
    return lambda **changes: client.post("/jobs/backend-engineer/apply/", filled_in(**changes))


@pytest.fixture
def application(post):
    post()
    return Application.objects.get()
