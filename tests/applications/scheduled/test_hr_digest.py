from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications import office
from applications.scheduled import hr_digest
from applications.services.hiring import digests
from pipelines.models import Run
from pipelines.schedules import cron
from tests.applications.scheduled.letters import arrived, receivers
from tests.clock import started_at
from tests.factories import make_application, make_job

DAY = timedelta(days=1)
DUE = datetime(2026, 3, 3, 8, tzinfo=UTC)


@pytest.fixture
def clock(db, smtp, settings, now):
    settings.WAITING_REMINDER_DAYS = 0
    with started_at(now, beats=2) as clock:
        yield clock


def failed(**values):
    application = make_application(**values)
    Run.objects.create(
        pipeline="apply_now", subject_id=str(application.pk), status=Run.Status.FAILED
    )
    return application


def digest_of(smtp):
    found = [each for each in arrived(smtp) if ".digest@" in each["Message-ID"]]
    assert len(found) == 1
    return found[0]


def test_hr_hears_each_morning_what_came_in_the_day_before_once(clock, smtp, now):
    job = make_job(title="Backend Engineer")
    done = make_application(job=job, submitted_at=now)
    Run.objects.create(pipeline="apply_now", subject_id=str(done.pk), status=Run.Status.DONE)
    failed(job=job, submitted_at=now, consent=done.consent)
    clock.move_to(DUE - timedelta(hours=1))
    assert smtp.accepted == []
    clock.move_to(DUE)
    clock.move_to(DUE + timedelta(hours=1))
    message = digest_of(smtp)
    assert message["To"] == "hr@example.com"
    assert message["Subject"] == "2 new applications, 1 with trouble: Monday, 2 March 2026"
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert "Backend Engineer" in body
        assert f"/staff/applications/application/?job__id__exact={job.pk}" in body
        assert "run=failed" in body
        assert "Ada" not in body


def test_each_address_hears_of_its_own_positions(clock, smtp, now):
    shared = make_job(title="Shared", hr_email="lead@example.com, boss@example.com")
    own = make_job(title="Own", hr_email="boss@example.com")
    consent = make_application(job=shared, submitted_at=now).consent
    make_application(job=own, submitted_at=now, consent=consent)
    for each in shared.applications.all() | own.applications.all():
        Run.objects.create(pipeline="apply_now", subject_id=str(each.pk), status="done")
    clock.move_to(DUE)
    assert receivers(smtp) == ["boss@example.com", "lead@example.com"]
    found = {message["To"]: message.get_body(("plain",)).get_content() for message in arrived(smtp)}
    assert "Own" in found["boss@example.com"]
    assert "Own" not in found["lead@example.com"]


def test_nothing_is_sent_where_nothing_came_in(clock, smtp):
    make_job()
    clock.move_to(DUE)
    assert smtp.accepted == []


def test_a_clock_that_stood_still_for_days_leaves_no_day_out(db, settings, now):
    settings.TIME_ZONE = "UTC"
    job = make_job()
    consent = make_application(job=job, submitted_at=now).consent
    make_application(job=job, submitted_at=now + DAY, consent=consent)
    digests.open_digests(due_at=now + 2 * DAY, previous=now)
    digests.open_digests(due_at=now + 2 * DAY, previous=now)
    (subject,) = digests.Digest.objects.all()
    assert [row["new"] for row in subject.jobs] == [2]


def test_a_day_is_the_offices_and_not_the_worlds(db, settings):
    settings.TIME_ZONE = "America/New_York"
    began = datetime(2026, 3, 9, 4, tzinfo=UTC)
    # The day before had 23 hours: the clocks went forward.
    assert office.midnight(began.date()) == began
    assert office.midnight(began.date() - DAY) == began - timedelta(hours=23)


def test_eight_on_the_wall_is_eight_after_the_clocks_were_put_forward():
    line = cron.parse(hr_digest.cron, ZoneInfo("Europe/Berlin"))
    before = datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert cron.upcoming(line, after=before) == datetime(2026, 3, 29, 6, tzinfo=UTC)
