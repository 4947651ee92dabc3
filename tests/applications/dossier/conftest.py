"""An application with everything in it, and a photo of somebody nobody knows."""

from datetime import UTC, datetime

import pytest

from applications.models import Answer, Document, Question
from tests.applications.dossier.pictures import jpeg
from tests.factories import make_application, make_document, make_job

LETTER = """Dear hiring team,

For six years I have looked after the orders of a pharmacy. None was lost.

With kind regards
Amina Okafor"""


@pytest.fixture
def application(db):
    return full_application()


@pytest.fixture
def photo():
    return jpeg(600, 800)


def full_application():
    application = make_application(
        job=make_job(title="Backend engineer", place="Hamburg"),
        reference="7K3M-9QXA",
        full_name="Amina Okafor",
        email="amina.okafor@example.com",
        phone="+49 (0)40 555 01 77",
        cover_letter=LETTER,
        submitted_at=datetime(2026, 3, 14, 15, 5, tzinfo=UTC),
    )
    ask(application, Question.Kind.SHORT_TEXT, "When could you start?", "1 June 2026")
    ask(application, Question.Kind.YES_NO, "May you work in the EU?", "yes")
    ask(application, Question.Kind.LONG_TEXT, "What failed?", "A certificate.\n\nThen an alarm.")
    ask(application, Question.Kind.YES_NO, "Have you applied before?", "")
    make_document(application, filename="CV Amina Okafor.pdf", size=482_133)
    make_document(
        application,
        kind=Document.Kind.PHOTO,
        filename="portrait.jpg",
        content_type="image/jpeg",
        size=301_022,
    )
    return application


def ask(application, kind, label, value):
    Answer.objects.create(
        application=application,
        position=application.answers.count(),
        kind=kind,
        label=label,
        value=value,
    )
