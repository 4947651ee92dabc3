"""What holds for all of this project's schedules alike, on the real Beat and with two of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_celery_beat.models import CrontabSchedule

from pipelines.models import Run
from pipelines.schedules import cron
from pipelines.schedules.models import Occasion
from pipelines.schedules.registry import all_schedules, find_schedule
from tests.clock import started_at

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SCHEDULES = {schedule.name: cron.parse(schedule.cron, BERLIN) for schedule in all_schedules()}
# An hour of the day is theirs.
AT_AN_HOUR = sorted(name for name, line in SCHEDULES.items() if len(line.hours) == 1)
# In each of these nights before a Sunday the clocks change.
SATURDAYS = (datetime(2026, 3, 28, 13, tzinfo=UTC), datetime(2026, 10, 24, 13, tzinfo=UTC))


@pytest.fixture(autouse=True)
def in_berlin(db, smtp, settings):
    """The office, and the rows that were made for it after ``migrate``."""
    settings.TIME_ZONE = "Europe/Berlin"
    CrontabSchedule.objects.update(timezone="Europe/Berlin")


def opened(name):
    return [each.due_at for each in Occasion.objects.filter(schedule=name).order_by("due_at")]


def on_the_wall(name, after):
    """The next time that clocks on a wall in Berlin show the schedule's hour and minute."""
    line = SCHEDULES[name]
    (hour,), (minute,) = line.hours, line.minutes
    day = after.astimezone(BERLIN).date() + timedelta(days=1)
    while day.isoweekday() % 7 not in line.weekdays:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize("name", SCHEDULES)
def test_where_nothing_has_happened_it_runs_once_and_ends_well(name, only, now):
    only(name)
    with started_at(now, beats=2) as clock:
        clock.look()
        due_at = cron.upcoming(SCHEDULES[name], after=now)
        clock.sleep_to(due_at - timedelta(seconds=1))
        clock.look()
        assert opened(name) == []
        for _again in range(2):
            clock.move_to(due_at)
            clock.look()
    assert opened(name) == [due_at]
    assert [run.status for run in Run.objects.all()] == [Run.Status.DONE]
    assert Run.objects.get().pipeline == find_schedule(name).name


@pytest.mark.parametrize("saturday", SATURDAYS, ids=("forward", "back"))
@pytest.mark.parametrize("name", AT_AN_HOUR)
def test_its_hour_is_that_of_the_wall_after_the_clocks_have_changed(name, saturday, only):
    only(name)
    due_at = on_the_wall(name, saturday)
    with started_at(saturday, beats=2) as clock:
        clock.look()
        clock.move_to(due_at - MINUTE)
        clock.look()
        assert opened(name) == []
        for moment in (due_at, due_at + MINUTE, due_at + HOUR, due_at + 2 * HOUR):
            clock.move_to(moment)
            clock.look()
    assert opened(name) == [due_at]
