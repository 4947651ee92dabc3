from dataclasses import replace
from datetime import timedelta

import pytest

from applications.models import Interview
from applications.services.hiring import interviews
from applications.services.hiring.interviews import Arrangement
from tests.applications.scheduled.letters import arrived, receivers
from tests.clock import started_at, work
from tests.factories import make_application

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BOTH = ["ada@example.org", "grace@example.com"]


@pytest.fixture(autouse=True)
def _alone(only):
    only("interview_reminders")


@pytest.fixture
def begins(now):
    return now + 72 * HOUR


@pytest.fixture
def arrangement(begins):
    return Arrangement(
        starts_at=begins,
        minutes=45,
        time_zone="Europe/Berlin",
        place="Torstraße 1, Berlin",
        link="",
        people="Grace Hopper",
        addresses="grace@example.com",
        message="",
    )


@pytest.fixture
def interview(db, arrangement, smtp, now):
    """Both sides are invited already, and the server is empty again."""
    application = make_application(reference="7K3M-9QXA", submitted_at=now)
    with started_at(now):
        interviews.arrange(application, arrangement, by=None, now=now)
        work()
    assert receivers(smtp) == BOTH
    smtp.accepted.clear()
    return Interview.objects.get()


def test_both_sides_are_reminded_a_day_before_once(interview, smtp, now, begins):
    with started_at(now, beats=2) as clock:
        clock.move_to(begins - 24 * HOUR - 5 * MINUTE)
        assert smtp.accepted == []
        for moment in (begins - 24 * HOUR, begins - 23 * HOUR, begins - HOUR, begins):
            clock.move_to(moment)
    assert receivers(smtp) == BOTH
    assert {message["Subject"].split(":")[0] for message in arrived(smtp)} == {"Reminder"}


def test_a_reminder_is_of_what_holds_by_then(interview, arrangement, smtp, now, begins):
    with started_at(now) as clock:
        later = replace(arrangement, starts_at=begins + 48 * HOUR)
        interviews.change(interview, later, by=None, now=now)
        work()
        smtp.accepted.clear()
        clock.move_to(begins - 24 * HOUR)
        assert smtp.accepted == []
        clock.move_to(begins + 24 * HOUR)
    assert receivers(smtp) == BOTH


def test_nobody_is_reminded_of_what_is_cancelled(interview, smtp, now, begins):
    with started_at(now) as clock:
        interviews.cancel(interview, message="", by=None, now=now)
        work()
        smtp.accepted.clear()
        clock.move_to(begins - 24 * HOUR)
    assert smtp.accepted == []


def test_a_clock_that_stood_still_reminds_while_there_is_time(interview, smtp, now, begins):
    with started_at(now) as clock:
        clock.sleep_to(begins - 2 * HOUR)
        clock.move_to(begins - HOUR)
    assert receivers(smtp) == BOTH


def test_a_clock_that_stood_still_for_too_long_reminds_nobody(interview, smtp, now, begins):
    with started_at(now) as clock:
        clock.move_to(begins)
    assert smtp.accepted == []


def test_whoever_was_told_within_the_last_day_is_not_reminded(
    interview, arrangement, smtp, now, begins
):
    with started_at(now) as clock:
        clock.sleep_to(begins - 10 * HOUR)
        moved = replace(arrangement, place="Torstraße 2, Berlin")
        interviews.change(interview, moved, by=None, now=begins - 10 * HOUR)
        clock.move_to(begins - 9 * HOUR)
    subjects = {message["Subject"].split(":")[0] for message in arrived(smtp)}
    assert subjects == {"Your interview has changed", "Changed interview"}


def test_nobody_is_reminded_where_that_is_switched_off(interview, smtp, now, begins, settings):
    settings.INTERVIEW_REMINDER_HOURS = 0
    with started_at(now) as clock:
        clock.move_to(begins - HOUR)
    assert smtp.accepted == []
