"""Applications that were kept long enough: told, erased, counted."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from applications.models import Application, Erasure, Letter, PastApplication, RetentionNotice
from applications.services.retention import months_before
from tests.clock import started_at
from tests.factories import make_application, make_job

DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def years(settings):
    settings.RETENTION_MONTHS = 24
    settings.RETENTION_NOTICE_DAYS = 30


@pytest.fixture
def old(db, now, years):
    job = make_job(hr_email="hr@example.com")
    return make_application(job=job, submitted_at=now - 800 * DAY, stage="rejected")


def mails(smtp, address):
    letters = (message_from_bytes(raw, policy=policy.default) for raw in smtp.accepted)
    return [letter for letter in letters if letter["To"] == address]


def test_the_applicant_is_told_once_and_erased_a_month_later(old, smtp, s3, now):
    s3.put_object(Bucket="applications", Key=f"applications/{old.pk}/resume.pdf", Body=b"cv")
    with started_at(now, beats=2) as clock:
        for day in range(3):
            clock.move_to(NIGHT + day * DAY)
        (told,) = mails(smtp, old.email)
        assert told["Subject"].startswith("We erase your application on 2 April 2026: ")
        assert old.page_url in told.get_body(["plain"]).get_content()
        clock.move_to(NIGHT + 29 * DAY)
        assert Application.objects.filter(pk=old.pk).exists()
        clock.move_to(NIGHT + 30 * DAY)
        clock.move_to(NIGHT + 31 * DAY)
    assert not Application.objects.filter(pk=old.pk).exists()
    assert "Contents" not in s3.list_objects_v2(Bucket="applications", Prefix="applications/")
    receipt = mails(smtp, old.email)[1]
    assert "has been with us long enough" in receipt.get_body(["plain"]).get_content()
    assert len(mails(smtp, old.email)) == 2
    assert Erasure.objects.get().finished_at is not None


def test_what_statistics_need_stays_and_leads_to_nobody(old, smtp, s3, now):
    with started_at(now) as clock:
        clock.move_to(NIGHT)
        clock.move_to(NIGHT + 30 * DAY)
    past = PastApplication.objects.get()
    assert (past.job_id, past.stage) == (old.job_id, "rejected")
    assert past.submitted_on == (now - 800 * DAY).date()
    fields = {field.name for field in PastApplication._meta.get_fields()}
    assert fields == {"id", "job", "submitted_on", "stage", "moved_on"}


def test_who_is_moved_after_the_notice_is_kept(old, smtp, now):
    with started_at(now) as clock:
        clock.move_to(NIGHT)
        Application.objects.update(stage="in_review", moved_at=NIGHT + DAY)
        clock.move_to(NIGHT + 30 * DAY)
    assert Application.objects.filter(pk=old.pk).exists()
    assert RetentionNotice.objects.count() == 1


@pytest.mark.parametrize(
    ("kept", "days", "is_told"),
    [(None, 800, True), (None, 700, False), (6, 200, True), (36, 800, False), (0, 5000, False)],
)
@pytest.mark.usefixtures("db", "years", "smtp")
def test_each_position_may_say_how_long(now, kept, days, is_told):
    job = make_job(retention_months=kept)
    make_application(job=job, submitted_at=now - days * DAY, stage="rejected")
    with started_at(now) as clock:
        clock.move_to(NIGHT)
    assert Letter.objects.filter(kind="retention_notice").exists() is is_told


def test_who_was_hired_stays(old, smtp, now):
    Application.objects.update(stage="hired")
    with started_at(now) as clock:
        clock.move_to(NIGHT)
    assert not RetentionNotice.objects.exists()


def test_a_mailbox_that_takes_no_notice_keeps_nothing_for_longer(old, smtp, s3, now):
    smtp.replies["RCPT"] = "550 5.1.1 No such user"
    with started_at(now) as clock:
        clock.move_to(NIGHT)
        clock.move_to(NIGHT + 30 * DAY)
    assert not Application.objects.filter(pk=old.pk).exists()


def test_months_are_the_calendars():
    moment = datetime(2026, 3, 31, 12, tzinfo=UTC)
    assert months_before(moment, 1) == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert months_before(moment, 24) == datetime(2024, 3, 31, 12, tzinfo=UTC)
    assert months_before(moment, 15) == datetime(2024, 12, 31, 12, tzinfo=UTC)
