"""The virus scanner in front of everybody's access to an upload."""

import uuid
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from applications import documents
from applications.models import Document, Letter
from applications.pipeline.apply_now import (
    email_hr,
    has_unscanned_files,
    render_dossier,
    scan_files,
    store_dossier,
)
from applications.scanning import ScannerAway
from applications.services.submission import Person, submit
from applications.uploads import Upload
from pipelines.models import Run
from tests.clamd import EICAR
from tests.factories import make_consent, make_job

Caution = Document.Caution


@pytest.fixture
def apply(db, now):
    """Accepts an application with this CV."""

    def accept(cv):
        upload = Upload(filename="cv.txt", content_type="text/plain", content=cv)
        return submit(
            job=make_job(),
            submission_key=uuid.uuid4(),
            person=Person(
                full_name="Ada Lovelace", email="ada@example.org", phone="", cover_letter=""
            ),
            answers=[],
            consent=make_consent(),
            uploads={Document.Kind.RESUME: upload},
            now=now,
        )

    return accept


def steps(application):
    return [step.name for step in Run.objects.get(subject_id=str(application.pk)).steps.all()]


def cv_of(application):
    return documents.find(application, Document.Kind.RESUME)


def test_a_run_has_the_step_if_there_was_a_scanner_when_it_was_opened(apply, scanner, settings):
    with_scanner = apply(b"clean")
    settings.CLAMAV_URL = ""
    without = apply(b"clean")
    assert steps(with_scanner)[0] == "scan_files"
    assert "scan_files" not in steps(without)
    assert has_unscanned_files(with_scanner)
    assert not cv_of(without).is_locked


def test_a_clean_file_is_locked_until_it_was_scanned(apply, scanner):
    application = apply(b"clean")
    assert cv_of(application).is_locked
    scan_files(application)
    assert not cv_of(application).is_locked
    assert cv_of(application).note == ""
    scan_files(application)
    assert scanner.scanned == [b"clean"]


def test_what_is_infected_stays_locked_and_says_why(apply, scanner):
    application = apply(EICAR)
    scan_files(application)
    scan_files(application)
    cv = cv_of(application)
    assert (cv.caution, cv.is_locked) == (Caution.INFECTED, True)
    assert cv.note.startswith("Eicar-Test-Signature, found on ")
    assert scanner.scanned == [EICAR]


def test_a_scanner_that_is_away_leaves_the_file_locked(apply, scanner, settings):
    application = apply(b"clean")
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    with pytest.raises(ScannerAway):
        scan_files(application)
    assert cv_of(application).caution == Caution.UNSCANNED


def test_a_run_with_the_step_goes_on_when_the_scanner_was_given_up(apply, scanner, settings):
    application = apply(b"clean")
    settings.CLAMAV_URL = ""
    scan_files(application)
    assert not cv_of(application).is_locked
    assert cv_of(application).note == "Not scanned: CLAMAV_URL was no longer set."


@pytest.fixture
def infected(apply, scanner, s3, smtp):
    """An application that has gone through everything with an infected CV, and HR's letter."""
    application = apply(EICAR)
    for step in (scan_files, render_dossier, store_dossier, email_hr):
        step(application)
    return application, smtp.accepted[0]


def test_hr_gets_a_letter_without_the_infected_file(infected):
    application, letter = infected
    assert Letter.objects.get(kind=Letter.Kind.NEW_APPLICATION).sent_at
    message = message_from_bytes(letter, policy=policy.default)
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert "Locked: the virus scanner found something in it." in " ".join(body.split())
        assert "cv.txt" in body
        assert str(cv_of(application).pk) not in body
    enclosed = [part.get_filename() for part in message.iter_attachments()]
    assert enclosed == [f"{application.reference}.pdf"]


def test_an_infected_file_is_kept_under_lock(infected, s3):
    application, _letter = infected
    key = f"applications/{application.pk}/resume.txt"
    stored = s3.get_object(Bucket="applications", Key=key)
    assert stored["Body"].read() == EICAR


def test_the_back_office_says_what_happened_and_opens_nothing(infected, admin_client):
    application, _letter = infected
    page = reverse("admin:applications_application_change", args=[application.pk])
    shown = admin_client.get(page).text
    link = reverse("admin:applications_document_open", args=[cv_of(application).pk])
    assert "Locked: the virus scanner found something in it." in shown
    assert "Eicar-Test-Signature" in shown
    assert link not in shown
    assert admin_client.get(link)["Location"] == page


def test_the_applicant_s_page_says_what_happened(infected, client, now):
    application, _letter = infected
    run = Run.objects.get(subject_id=str(application.pk))
    assert "virus scanner found" not in client.get(application.get_absolute_url()).text
    run.steps.filter(name="scan_files").update(status="success", finished_at=now)
    page = client.get(application.get_absolute_url()).text
    assert "Our virus scanner found something in one of your files." in page
