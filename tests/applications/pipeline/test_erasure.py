"""The steps of an erasure, called as the plain functions they are."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE

from applications import erasing, storage
from applications.models import (
    Alert,
    Answer,
    Application,
    Document,
    Employee,
    Erasure,
    KeptFile,
    Letter,
    Portrait,
    StageChange,
    StagedContent,
    WaitingReminder,
)
from applications.pipeline import apply_now
from applications.pipeline.erasure import (
    email_applicant,
    email_hr,
    erase_objects,
    erase_records,
    erasure,
    forget_address,
)
from applications.pipeline.retries import StillAtWork
from applications.services.erasure import request
from pipelines import ledger, registry
from pipelines.models import Run
from tests.factories import make_application, make_document, make_letter
from tests.pipelines.factories import Journey

BUCKET = "applications"
# Long enough to be in no random identifier.
PERSONAL = ("Lovelace", "ada@example.org", "20 7946 0018", "7K3M-9QXA")


@pytest.fixture
def s3(s3):
    """A bucket that forgets nothing by itself."""
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return s3


@pytest.fixture
def application(db, now):
    """With a row of every kind that is about an application."""
    application = make_application(reference="7K3M-9QXA", submitted_at=now)
    Answer.objects.create(application=application, kind="short_text", label="?", value="Ada's")
    dossier = make_document(application, kind=Document.Kind.DOSSIER, filename="7K3M-9QXA.pdf")
    StagedContent.objects.create(document=dossier, content=b"Ada Lovelace")
    Portrait.objects.create(application=application, content=b"Ada Lovelace")
    make_letter(application, reply="250 for ada@example.org")
    StageChange.objects.create(application=application, from_stage="new", to_stage="offer")
    KeptFile.objects.create(
        submission_key=application.submission_key,
        field="resume",
        filename="ada.pdf",
        content_type="application/pdf",
        content=b"Ada",
    )
    LogEntry.objects.create(
        user=User.objects.create_user("hr"),
        content_type=ContentType.objects.get_for_model(Application),
        object_id=str(application.pk),
        object_repr=application.reference,
        action_flag=CHANGE,
    )
    return application


@pytest.fixture
def asked(application, now):
    return request(application, now=now)


def finish(asked, *steps):
    """These steps, or all of them, each with the subject as a worker would find it."""
    for step in steps or erasure.steps:
        step(Erasure.objects.get(pk=asked.pk))
    return Erasure.objects.get(pk=asked.pk)


def everything_in_the_database():
    models = [model for model in apps.get_models() if model._meta.managed]
    return "\n".join(str(row) for model in models for row in model.objects.values())


def test_the_story_reads_as_it_is_told():
    assert [[step.name for step in stage] for stage in erasure.stages] == [
        ["erase_records"],
        ["erase_objects"],
        ["email_hr", "email_applicant"],
        ["forget_address"],
    ]


def test_every_row_goes_and_is_counted(asked):
    erased = finish(asked, erase_records)
    assert erased.records == {
        "admin.LogEntry": 1,
        "applications.Answer": 1,
        "applications.Application": 1,
        "applications.Document": 1,
        "applications.KeptFile": 1,
        "applications.Letter": 1,
        "applications.Portrait": 1,
        "applications.StageChange": 1,
        "applications.StagedContent": 1,
    }
    assert finish(asked, erase_records).records == erased.records
    assert erased.record_count == 9


def test_every_pipeline_about_what_goes_with_an_application_is_known():
    """What hangs on an application by cascade, and has runs of its own, is to be cancelled too."""
    subjects = {pipeline.subject for pipeline in registry.all_pipelines()}
    hanging = {model for model in subjects if hangs_on_an_application(model)}
    assert hanging | {Application} == set(erasing.SUBJECTS)


def test_mentions_in_rows_of_others_are_told_as_such(asked, application, now):
    reminder = WaitingReminder.objects.create(job=application.job, day=now.date())
    reminder.applications.add(application)
    erased = finish(asked, erase_records)
    assert ("Mentions in reminders of what waits", 1) in erased.inventory


def hangs_on_an_application(model):
    keys = (field for field in model._meta.get_fields() if field.many_to_one and field.concrete)
    parents = {key.related_model for key in keys if key.remote_field.on_delete is CASCADE}
    return Application in parents or any(map(hangs_on_an_application, parents - {model}))


def test_another_applicants_rows_stay(asked):
    other = make_application(submission_key=uuid.uuid4(), full_name="Grace")
    make_letter(other)
    finish(asked, erase_records)
    assert Application.objects.get() == other
    assert Letter.objects.get().application == other


def test_nothing_is_erased_while_somebody_works_on_the_application(application, now):
    journey = Journey(apply_now, application, now=now)
    held = journey.start("render_dossier", 1)
    asked = request(application, now=now + timedelta(seconds=2))
    with pytest.raises(StillAtWork) as waiting:
        finish(asked, erase_records)
    assert isinstance(waiting.value, erase_records.retry.on)
    ledger.succeed(held, now=now + timedelta(seconds=3))
    finish(asked, erase_records)
    assert not Application.objects.exists()
    assert Run.objects.get(pipeline="apply_now").status == "cancelled"


def test_every_version_of_every_object_goes_and_is_counted(asked, application, s3):
    prefix = f"applications/{application.pk}/"
    for key in ("dossier.pdf", "dossier.pdf", "resume.pdf"):
        s3.put_object(Bucket=BUCKET, Key=prefix + key, Body=b"Ada")
    s3.delete_object(Bucket=BUCKET, Key=prefix + "resume.pdf")
    s3.put_object(Bucket=BUCKET, Key="applications/another/dossier.pdf", Body=b"Grace")
    erased = finish(asked, erase_records, erase_objects)
    assert (erased.object_count, erased.version_count) == (2, 4)
    left = s3.list_object_versions(Bucket=BUCKET)["Versions"]
    assert [item["Key"] for item in left] == ["applications/another/dossier.pdf"]


def test_who_carries_on_after_a_crash_counts_what_was_there_at_first(
    asked, application, s3, monkeypatch
):
    for key in ("dossier.pdf", "resume.pdf"):
        s3.put_object(Bucket=BUCKET, Key=f"applications/{application.pk}/{key}", Body=b"Ada")
    real = storage.erase

    def half(found):
        real(found[:1])
        raise storage.StorageUnavailable("Away.")

    monkeypatch.setattr(storage, "erase", half)
    with pytest.raises(storage.StorageUnavailable):
        finish(asked, erase_objects)
    monkeypatch.setattr(storage, "erase", real)
    erased = finish(asked, erase_objects)
    assert (erased.object_count, erased.version_count) == (2, 2)


def test_what_the_store_still_lists_is_not_called_erased(asked, application, s3, monkeypatch):
    s3.put_object(Bucket=BUCKET, Key=f"applications/{application.pk}/dossier.pdf", Body=b"Ada")
    monkeypatch.setattr(storage, "erase", lambda _found: None)
    with pytest.raises(storage.StorageUnavailable):
        finish(asked, erase_objects)


def test_the_receipt_is_the_last_letter_and_goes_out_once(asked, s3, smtp):
    finish(asked, erase_records, erase_objects)
    for _time in range(2):
        finish(asked, email_hr, email_applicant)
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        "application_erased",
        "erasure_receipt",
    ]
    assert len(smtp.accepted) == 2
    finish(asked, forget_address)
    assert len(smtp.accepted) == 2


def test_at_the_end_nothing_personal_is_left_anywhere(asked, application, s3, smtp):
    s3.put_object(Bucket=BUCKET, Key=f"applications/{application.pk}/dossier.pdf", Body=b"Ada")
    assert all(word in everything_in_the_database() for word in PERSONAL)
    token = application.token
    erased = finish(asked)
    found = everything_in_the_database()
    assert [word for word in (*PERSONAL, token) if word in found] == []
    assert (erased.record_count, erased.object_count) == (9, 1)
    assert erased.finished_at is not None
    assert (erased.application_id, erased.reference, erased.email) == (None, "", "")


def test_all_steps_again_change_nothing(asked, s3, smtp):
    before = finish(asked)
    finish(asked)
    after = Erasure.objects.get()
    assert (after.finished_at, after.records) == (before.finished_at, before.records)
    assert len(smtp.accepted) == 2


def make_alert(now, **values):
    about = {"email": "Ada@Example.org", "confirmed_at": now, "news_since": now}
    return Alert.objects.create(**{**about, **values})


def test_who_wants_all_their_data_gone_hears_no_more_of_new_positions(asked, now, s3, smtp):
    make_alert(now)
    make_alert(now, search={"place": "Lisbon"}, confirmed_at=None)
    others = make_alert(now, email="grace@example.org")
    erased = finish(asked)
    assert list(Alert.objects.all()) == [others]
    assert erased.alert_count == 2
    # Whoever knows the page need not own the mailbox: it alone is told.
    assert "alert" not in str(erased.inventory)
    (receipt,) = [raw for raw in smtp.accepted if b"To: ada@example.org" in raw]
    assert b"Your job alerts have ended, too" in receipt


def test_an_alert_outlives_an_application_whose_time_is_over(application, now):
    alert = make_alert(now)
    finish(request(application, now=now, is_kept_long_enough=True), erase_records)
    assert Alert.objects.get() == alert


def test_who_was_hired_keeps_what_an_employer_must_keep(asked, application, now):
    employee = Employee.objects.create(
        application=application,
        job=application.job,
        full_name="Ada Lovelace",
        email="ada@example.org",
        starts_on=now.date(),
        place="Lisbon",
        contact_name="Ann",
        contact_email="ann@example.com",
    )
    letter = make_letter(
        application,
        kind=Letter.Kind.WELCOME,
        about=str(employee.pk),
        subject="Welcome",
        text="Dear Ada",
    )
    erased = finish(asked, erase_records)
    employee.refresh_from_db()
    letter.refresh_from_db()
    assert erased.is_employed
    assert (employee.application, letter.application) == (None, None)
    assert (letter.subject, letter.text) == ("", "")
