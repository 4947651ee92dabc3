"""An application with everything in it, and how a letter looks when it has arrived."""

from datetime import UTC, datetime

import pytest

from applications.letters import Enclosure
from applications.models import Answer, Document, Question
from tests.factories import make_application, make_document


@pytest.fixture
def application(db):
    """Submitted long before any letter is composed, as after an outage."""
    application = make_application(
        reference="7K3M-9QXA", submitted_at=datetime(2026, 2, 27, 9, 12, tzinfo=UTC)
    )
    asked = Question.Kind
    for position, (kind, label, value) in enumerate(
        [
            (asked.LONG_TEXT, "What would you build?", "A queue.\n\nThen a page."),
            (asked.YES_NO, "May you work in the EU?", "yes"),
            (asked.SHORT_TEXT, "Your portfolio", ""),
        ]
    ):
        Answer.objects.create(
            application=application, position=position, kind=kind, label=label, value=value
        )
    make_document(application)
    make_document(application, kind=Document.Kind.DOSSIER, filename="7K3M-9QXA.pdf", size=2048)
    return application


@pytest.fixture
def dossier():
    return Enclosure("7K3M-9QXA.pdf", "application/pdf", b"%PDF-1.7 dossier")


@pytest.fixture
def cv():
    return Enclosure("cv.pdf", "application/pdf", b"%PDF-1.4 cv")
