import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Question
from tests.applications.uploads import samples
from tests.factories import make_consent, make_job

Kind = Question.Kind


@pytest.fixture
def consent(db):
    return make_consent()


@pytest.fixture
def job(consent):
    """An open position with one question of each kind."""
    job = make_job(slug="backend-engineer")
    kinds = ((Kind.SHORT_TEXT, ""), (Kind.LONG_TEXT, ""), (Kind.CHOICE, "Soon\nLater"))
    for position, (kind, options) in enumerate((*kinds, (Kind.YES_NO, ""))):
        job.questions.create(
            position=position, kind=kind, label=f"{kind}?", options=options, is_required=True
        )
    return job


@pytest.fixture
def filled_in(job, consent):
    """Makes what a browser sends with the form, some of it changed."""

    def make(**changes):
        short, long, choice, yes_no = (question.field_name for question in job.questions.all())
        return {
            "submission_key": str(uuid.UUID(int=7)),
            "consent_version": str(consent.pk),
            "full_name": "Ada Lovelace",
            "email": "ada@example.org",
            "phone": "+44 20 7946 0018",
            "cover_letter": "Dear team,\r\n\r\nhere I am.",
            "resume": SimpleUploadedFile("cv.pdf", samples.pdf()),
            "consent": "on",
            short: "A link",
            long: "A story",
            choice: "Later",
            yes_no: "no",
            **changes,
        }

    return make


@pytest.fixture
def post(client, filled_in):
    """Sends the form as a browser does."""
    return lambda **changes: client.post("/jobs/backend-engineer/apply/", filled_in(**changes))
