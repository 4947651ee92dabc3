from datetime import UTC, date, datetime, timedelta

import pytest

from applications.models import Application, Interview, Notice, WaitingReminder
from applications.services.hiring import stages, waiting
from applications.services.hiring.waiting import weekdays_before
from tests.factories import make_application, make_job

# A Monday at 8.
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 3, 9), 5, date(2026, 3, 2)),
        (date(2026, 3, 9), 1, date(2026, 3, 6)),
        (date(2026, 3, 6), 4, date(2026, 3, 2)),
        (date(2026, 3, 8), 1, date(2026, 3, 6)),
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
    ],
)
def test_weekends_are_no_days_of_waiting(day, number, expected):
    assert weekdays_before(day, number) == expected


@pytest.fixture
def came_in(db):
    """An application that came in so many days before Monday."""
    return lambda days, **values: make_application(submitted_at=MONDAY - days * DAY, **values)


def found():
    return set(waiting.to_remind_of(MONDAY))


def test_five_weekdays_are_a_week(came_in):
    week, _less = came_in(7), came_in(6)
    assert found() == {week}


def test_a_move_begins_anew(came_in, now):
    application = came_in(20)
    stages.move(application, Application.Stage.IN_REVIEW, by=None, now=MONDAY - DAY)
    assert found() == set()


@pytest.mark.parametrize("stage", ["hired", "rejected", "withdrawn"])
def test_what_has_ended_waits_for_nobody(came_in, stage):
    came_in(20, stage=stage)
    assert found() == set()


@pytest.mark.parametrize(("ahead", "number"), [(DAY, 0), (-DAY, 1)])
def test_whoever_has_an_interview_ahead_is_waited_for(came_in, ahead, number):
    Notice.objects.create(
        interview=Interview.objects.create(application=came_in(20, stage="interview")),
        sequence=0,
        change="invited",
        starts_at=MONDAY + ahead,
        minutes=30,
        time_zone="UTC",
        people="Grace",
        addresses="grace@example.com",
    )
    assert len(found()) == number


def test_each_is_named_once_for_each_stage(came_in):
    application = came_in(20)
    waiting.remind(now=MONDAY)
    assert found() == set()
    stages.move(application, Application.Stage.OFFER, by=None, now=MONDAY)
    assert set(waiting.to_remind_of(MONDAY + 8 * DAY)) == {application}


def test_each_position_has_a_reminder_of_its_own(came_in):
    first, second = make_job(), make_job()
    ours = [came_in(20, job=first), came_in(21, job=first)]
    came_in(20, job=second)
    for _time in range(2):
        waiting.remind(now=MONDAY)
    assert WaitingReminder.objects.count() == 2
    assert set(WaitingReminder.objects.get(job=first).applications.all()) == set(ours)


def test_nobody_is_reminded_where_that_is_switched_off(came_in, settings):
    settings.WAITING_REMINDER_DAYS = 0
    came_in(20)
    waiting.remind(now=MONDAY)
    assert not WaitingReminder.objects.exists()
