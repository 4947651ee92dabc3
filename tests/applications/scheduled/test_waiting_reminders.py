from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications.models import Application
from applications.scheduled import waiting_reminders
from pipelines.schedules import cron
from tests.applications.scheduled.letters import arrived
from tests.clock import started_at
from tests.factories import make_application, make_job

DAY = timedelta(days=1)
# It came in on a Monday, and is due on the Monday after.
CAME_IN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _alone(only):
    only("waiting_reminders")


@pytest.fixture
def application(db):
    job = make_job(hr_email="lead@example.com")
    return make_application(job=job, reference="7K3M-9QXA", submitted_at=CAME_IN)


def test_hr_is_reminded_on_the_morning_it_is_due_once(application, smtp):
    with started_at(CAME_IN, beats=2) as clock:
        clock.move_to(DUE - 3 * DAY)
        assert smtp.accepted == []
        for days in range(3):
            clock.move_to(DUE + days * DAY)
    (message,) = arrived(smtp)
    assert message["To"] == "lead@example.com"
    assert message["Subject"] == "1 application for Backend Engineer waits"
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        for words in ("Ada Lovelace", "7K3M-9QXA", "since 2 March 2026", f"{application.pk}"):
            assert words in body


def test_a_long_list_is_cut_and_says_so(db, smtp):
    job = make_job()
    for _number in range(32):
        make_application(job=job, submitted_at=CAME_IN)
    with started_at(CAME_IN) as clock:
        clock.move_to(DUE)
    (message,) = arrived(smtp)
    assert message["Subject"] == "32 applications for Backend Engineer wait"
    assert "And 2 more" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(("others", "subjects"), [(0, []), (1, ["1 application"])])
def test_a_reminder_that_was_held_up_tells_of_those_that_still_wait(
    application, smtp, others, subjects
):
    for _number in range(others):
        make_application(job=application.job, submitted_at=CAME_IN)
    smtp.replies["MAIL"] = "451 Come back later"
    with started_at(CAME_IN) as clock:
        clock.move_to(DUE)
        Application.objects.filter(pk=application.pk).update(
            stage="withdrawn", moved_at=DUE + timedelta(minutes=1)
        )
        del smtp.replies["MAIL"]
        clock.move_to(DUE + timedelta(hours=1))
    assert [each["Subject"].partition(" for ")[0] for each in arrived(smtp)] == subjects


def test_eight_on_the_wall_is_eight_after_the_clocks_were_put_forward():
    line = cron.parse(waiting_reminders.cron, ZoneInfo("Europe/Berlin"))
    friday = datetime(2026, 3, 27, 7, tzinfo=UTC)
    assert cron.upcoming(line, after=friday - DAY) == friday
    assert cron.upcoming(line, after=friday) == datetime(2026, 3, 30, 6, tzinfo=UTC)
