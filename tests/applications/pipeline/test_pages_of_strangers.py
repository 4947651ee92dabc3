"""What becomes of PDFs that strangers send, from the upload to HR's letter."""

import hashlib

import pytest

from applications.models import Application, Document, StagedContent
from applications.pipeline.apply_now import email_hr, render_dossier
from tests.applications.dossier.reading import Reading
from tests.applications.dossier.strangers import Stranger, with_script
from tests.factories import make_application, make_document

Caution = Document.Caution


def as_a_step_has_it(application):
    """With its documents, which it does not read a second time."""
    return Application.objects.prefetch_related("documents").get(pk=application.pk)


@pytest.fixture
def letter_with(db, smtp):
    """HR's letter about an application with this CV, the CV, and the dossier."""

    def make(content):
        application = make_application(reference="7K3M-9QXA")
        digest = hashlib.sha256(content).hexdigest()
        cv = make_document(application, size=len(content), sha256=digest)
        StagedContent.objects.create(document=cv, content=content)
        render_dossier(as_a_step_has_it(application))
        email_hr(as_a_step_has_it(application))
        cv.refresh_from_db()
        dossier = application.documents.get(kind=Document.Kind.DOSSIER)
        return smtp.accepted[-1], cv, Reading(bytes(dossier.staged.content))

    return make


def test_a_plain_cv_is_joined_and_enclosed(letter_with):
    letter, cv, dossier = letter_with(Stranger().bytes())
    assert cv.caution == Caution.NONE
    assert dossier.pages[-1].strip() == "Page 1 of my life"
    assert b'filename="cv.pdf"' in letter


def test_of_a_cv_with_a_script_the_pages_alone_reach_hr(letter_with):
    content = with_script()
    letter, cv, dossier = letter_with(content)
    assert cv.caution == Caution.ACTIVE
    assert dossier.pages[-1].strip() == "Page 1 of my life"
    assert b'filename="cv.pdf"' not in letter
    assert b"It holds scripts or other files: open it with care." in letter
    assert bytes(cv.staged.content) == content


def test_a_cv_that_nobody_can_read_is_named_and_linked(letter_with):
    letter, cv, dossier = letter_with(b"%PDF-1.7 a life")
    assert cv.caution == Caution.UNCHECKED
    assert "It could not be checked for scripts: open it with care." in dossier.words
    assert b'filename="cv.pdf"' not in letter
    assert f"/documents/{cv.pk}/" in letter.decode() or str(cv.pk).encode() in letter
