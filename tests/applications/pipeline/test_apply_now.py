"""The steps of Apply Now, called as the plain functions they are."""

import hashlib
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import documents, storage
from applications.models import Application, Document, Letter, Portrait, StagedContent
from applications.pipeline.apply_now import (
    apply_now,
    email_applicant,
    email_hr,
    render_dossier,
    scan_files,
    store_dossier,
)
from applications.recent import Recent
from pipelines import ledger
from pipelines.execution import execute
from tests.applications.uploads import samples
from tests.factories import make_application, make_document

CV = b"%PDF-1.7 a life"


@pytest.fixture
def application(db):
    application = make_application(reference="7K3M-9QXA")
    cv = Document.objects.create(
        application=application,
        kind=Document.Kind.RESUME,
        filename="cv.pdf",
        content_type="application/pdf",
        size=len(CV),
        sha256=hashlib.sha256(CV).hexdigest(),
    )
    StagedContent.objects.create(document=cv, content=CV)
    return application


def test_the_story_reads_as_it_is_told():
    assert [[step.name for step in stage] for stage in apply_now.stages] == [
        ["scan_files"],
        ["render_dossier"],
        ["store_dossier"],
        ["email_hr", "email_applicant"],
    ]
    assert apply_now.subject is Application


def test_transient_trouble_has_a_budget_in_days():
    for step in (scan_files, store_dossier, email_hr, email_applicant):
        assert step.retry.lasting == timedelta(hours=72)


def test_render_dossier_stages_a_pdf_with_its_fingerprint(application):
    render_dossier(application)
    dossier = application.documents.get(kind="dossier")
    content = bytes(dossier.staged.content)
    assert content.startswith(b"%PDF-")
    assert (dossier.filename, dossier.size) == ("7K3M-9QXA.pdf", len(content))
    assert dossier.sha256 == hashlib.sha256(content).hexdigest()
    assert dossier.key == f"applications/{application.pk}/dossier.pdf"


def test_render_dossier_again_keeps_the_first(application):
    render_dossier(application)
    first = application.documents.get(kind="dossier")
    render_dossier(application)
    assert application.documents.get(kind="dossier") == first


def add_photo(application, content, **values):
    photo = make_document(
        application,
        kind=Document.Kind.PHOTO,
        filename="me.png",
        content_type="image/png",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        **values,
    )
    StagedContent.objects.create(document=photo, content=content)


def test_the_photo_is_made_small_by_a_step_and_shown_on_the_applicants_page(
    application, client, now
):
    ledger.open_run(apply_now, application, now=now)
    add_photo(application, samples.picture("PNG"))
    page, picture = application.get_absolute_url(), f"/applications/{application.token}/photo/"
    assert picture not in client.get(page).text
    assert client.get(picture).status_code == 404
    for _time in range(2):
        render_dossier(application)
    assert f'src="{picture}"' in client.get(page).text
    shown = client.get(picture)
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert shown.content == bytes(Portrait.objects.get().content)


@pytest.mark.parametrize(
    ("content", "caution"),
    [(b"no picture", Document.Caution.NONE), (samples.picture("PNG"), Document.Caution.INFECTED)],
)
def test_a_photo_that_nobody_can_or_may_read_is_shown_nowhere(application, content, caution):
    add_photo(application, content, caution=caution)
    render_dossier(application)
    assert application.documents.filter(kind=Document.Kind.DOSSIER).exists()
    assert not Portrait.objects.exists()


def test_store_dossier_puts_all_documents_and_lets_go_of_the_staged_bytes(application, s3):
    render_dossier(application)
    store_dossier(application)
    listed = s3.list_objects_v2(Bucket="applications")["Contents"]
    assert {item["Key"] for item in listed} == {
        f"applications/{application.pk}/dossier.pdf",
        f"applications/{application.pk}/resume.pdf",
    }
    assert storage.get(f"applications/{application.pk}/resume.pdf") == CV
    assert not StagedContent.objects.exists()
    assert all(document.stored_at for document in application.documents.all())


def test_store_dossier_again_changes_nothing(application, s3):
    store_dossier(application)
    stored_at = application.documents.get().stored_at
    store_dossier(application)
    assert application.documents.get().stored_at == stored_at


def test_what_arrived_before_the_store_went_away_is_not_put_again(application, s3, monkeypatch):
    render_dossier(application)
    put, keys = storage.put, []

    def put_all_but_the_second(key, *args, **options):
        keys.append(key)
        if len(keys) == 2:
            raise storage.StorageUnavailable
        put(key, *args, **options)

    monkeypatch.setattr(storage, "put", put_all_but_the_second)
    with pytest.raises(storage.StorageUnavailable):
        store_dossier(application)
    store_dossier(Application.objects.get())
    first, second, again = keys
    assert (first != second, again) == (True, second)
    assert not StagedContent.objects.exists()


def test_a_step_is_given_the_position_and_the_documents_at_once(application, now):
    run = ledger.open_run(apply_now, application, now=now)
    with CaptureQueriesContext(connection) as asked:
        execute(run.pk, "render_dossier", 1, worker="w")
    statements = [query["sql"] for query in asked]
    assert not any(' FROM "applications_job"' in each for each in statements)
    lists = [each for each in statements if ' FROM "applications_document"' in each]
    assert sum("ORDER BY" in each for each in lists) == 1


def test_nothing_stays_in_the_store_of_what_was_erased_meanwhile(application, s3, monkeypatch):
    verify = storage.verify

    def erase_meanwhile(key, **expected):
        verify(key, **expected)
        next(each for each in Document.objects.all() if each.key == key).delete()

    monkeypatch.setattr(storage, "verify", erase_meanwhile)
    store_dossier(application)
    assert "Contents" not in s3.list_objects_v2(Bucket="applications")


def test_nothing_is_let_go_of_that_was_not_verified(application, s3, monkeypatch):
    monkeypatch.setattr(storage, "put", lambda *_args, **_options: None)
    with pytest.raises(storage.StorageUnavailable):
        store_dossier(application)
    assert StagedContent.objects.count() == 1


def test_both_letters_go_out_once_each(application, s3, smtp):
    render_dossier(application)
    store_dossier(application)
    for _time in range(2):
        email_hr(application)
        email_applicant(application)
    assert len(smtp.accepted) == 2
    assert Letter.objects.filter(sent_at__isnull=False).count() == 2


def enclosed_in(message):
    letter = message_from_bytes(message, policy=policy.default)
    contents = (part.get_payload(decode=True) for part in letter.iter_attachments())
    return [hashlib.sha256(content).hexdigest() for content in contents]


def test_letters_enclose_what_was_just_stored_without_asking_for_it(
    application, s3, smtp, monkeypatch
):
    render_dossier(application)
    store_dossier(application)
    monkeypatch.setattr(storage, "get", lambda _key: pytest.fail("It was at hand."))
    email_applicant(application)
    (message,) = smtp.accepted
    assert enclosed_in(message) == [application.documents.get(kind="dossier").sha256]


def test_another_process_gets_it_from_the_store(application, s3, smtp, monkeypatch):
    render_dossier(application)
    store_dossier(application)
    monkeypatch.setattr(documents, "_recent", Recent(room=0, lasting=0))
    email_applicant(application)
    (message,) = smtp.accepted
    assert enclosed_in(message) == [application.documents.get(kind="dossier").sha256]


def test_what_the_store_has_lost_is_not_taken_for_stored(application, s3):
    store_dossier(application)
    cv = application.documents.get()
    documents.mark_missing(cv)
    cv.refresh_from_db()
    with pytest.raises(storage.StorageUnavailable):
        s3.delete_object(Bucket="applications", Key=cv.key)
        store_dossier(application)


def test_hr_gets_the_files_that_answer_questions_after_the_cv(application, s3, smtp):
    for number in (3, 1):
        answer = make_document(
            application, kind=Document.Kind.QUESTION, number=number, filename=f"{number}.pdf"
        )
        StagedContent.objects.create(document=answer, content=b"")
    StagedContent.objects.update(content=samples.pdf())
    render_dossier(application)
    email_hr(application)
    (message,) = smtp.accepted
    letter = message_from_bytes(message, policy=policy.default)
    enclosed = [part.get_filename() for part in letter.iter_attachments()]
    assert enclosed == ["7K3M-9QXA.pdf", "cv.pdf", "1.pdf", "3.pdf"]
