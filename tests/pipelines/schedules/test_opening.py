"""Due times pass on the real Beat's schedule objects; what was worked on is counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from pipelines.models import Run
from pipelines.schedules import beat, cron, opening
from pipelines.schedules.models import Occasion, Timetable
from tests.at_once import at_once
from tests.clock import started_at, work

EVE = datetime(2026, 3, 1, 20, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def digest(make_schedule):
    return make_schedule("0 8 * * *")


def change(line):
    """What the back office does to a row."""
    row = PeriodicTask.objects.get(name="digest")
    row.crontab = beat.row_for(line)
    row.save()


def test_nothing_is_begun_before_its_time(digest, done):
    with started_at(EVE) as clock:
        clock.move_to(EIGHT - timedelta(seconds=1))
    assert done == []


def test_each_due_time_is_worked_on_once(digest, done):
    with started_at(EVE) as clock:
        for minutes in (0, 0, 1, 5, 59, 600):
            clock.move_to(EIGHT + minutes * MINUTE)
        clock.move_to(EIGHT + DAY)
    assert done == [EIGHT, EIGHT + DAY]
    assert list(Run.objects.values_list("pipeline", "status")) == [("digest", "done")] * 2


def test_two_beats_at_once_change_nothing(digest, done):
    with started_at(EVE, beats=2) as clock:
        clock.move_to(EIGHT)
    assert done == [EIGHT]


def test_the_look_begins_what_beat_did_not_ring_for(digest, done):
    with started_at(EVE, beats=0) as clock:
        clock.sleep_to(EIGHT + MINUTE)
        for _worker in range(3):
            opening.look()
        work()
    assert done == [EIGHT]


@pytest.mark.parametrize(("late", "expected"), [(timedelta(hours=2), [EIGHT]), (3 * DAY / 24, [])])
def test_what_was_missed_is_caught_up_or_left_out_as_the_schedule_says(
    digest, done, late, expected
):
    with started_at(EVE) as clock:
        clock.move_to(EIGHT + late - timedelta(seconds=1))
    assert done == expected


def test_of_several_that_were_missed_the_latest_is_begun(make_schedule, done):
    make_schedule("*/10 * * * *", catch_up=timedelta(hours=1))
    with started_at(EVE) as clock:
        clock.move_to(EIGHT + 5 * MINUTE)
        clock.move_to(EIGHT + 9 * MINUTE)
    assert done == [EIGHT]


def test_one_at_a_time_and_what_is_due_meanwhile_waits(make_schedule, done):
    schedule = make_schedule("*/10 * * * *")
    with started_at(EVE) as clock:
        clock.sleep_to(EIGHT)
        assert opening.begin(schedule, now=EIGHT) is not None
        clock.sleep_to(EIGHT + 10 * MINUTE)
        opening.look()
        assert Occasion.objects.count() == 1
        work()
        clock.sleep_to(EIGHT + 11 * MINUTE)
        opening.look()
        work()
    assert done == [EIGHT, EIGHT + 10 * MINUTE]


def test_what_was_due_before_it_was_installed_is_not_begun(digest, done):
    with started_at(EIGHT + MINUTE) as clock:
        clock.move_to(EIGHT + 10 * MINUTE)
    assert done == []


def test_a_ring_whose_message_was_lost_is_made_up_for_by_the_look(digest, done, monkeypatch):
    with started_at(EVE) as clock:
        monkeypatch.setattr("tests.clock.Beat.apply_async", lambda *_, **__: None)
        clock.move_to(EIGHT)
        assert done == []
        clock.sleep_to(EIGHT + MINUTE)
        opening.look()
        work()
    assert done == [EIGHT]


def test_an_occasion_that_another_process_opened_is_left_to_it(digest, monkeypatch):
    with started_at(EIGHT):
        since = Timetable.objects.get().since
        Timetable.objects.update(since=EIGHT - DAY)
        assert opening.begin(digest, now=EIGHT) is not None
        assert opening._open(digest, EIGHT, since) is None
        assert opening._create(digest, EIGHT, is_by_hand=False) is None
    assert Occasion.objects.count() == Run.objects.count() == 1


# --- by hand ------------------------------------------------------------------------------------


def test_by_hand_it_runs_now_and_at_its_time_all_the_same(digest, done):
    with started_at(EVE) as clock:
        assert opening.begin_by_hand(digest, now=EVE).is_by_hand
        assert opening.begin_by_hand(digest, now=EVE) is None
        work()
        clock.move_to(EIGHT)
    assert done == [EVE, EIGHT]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_it_by_hand_at_once_one_does(digest):
    begun = at_once(lambda: opening.begin_by_hand(digest, now=timezone.now()))
    assert len([occasion for occasion in begun if occasion]) == 1
    assert Occasion.objects.count() == 1


def test_an_occasion_knows_the_one_before_it(digest):
    with started_at(EVE) as clock:
        clock.move_to(EIGHT)
        clock.move_to(EIGHT + DAY)
    last, first = Occasion.objects.all()
    assert (last.previous, first.previous) == (first, None)


# --- changed by people --------------------------------------------------------------------------


def test_a_changed_line_counts_from_when_it_was_changed(digest, done):
    with started_at(EVE) as clock:
        clock.sleep_to(EIGHT - 30 * MINUTE)
        change(cron.parse("0 7 * * *", beat.line_of("digest").zone))
        opening.look()
        clock.move_to(EIGHT)
        clock.move_to(EIGHT + DAY - 60 * MINUTE)
    assert done == [EIGHT + DAY - 60 * MINUTE]


def test_a_change_less_than_a_minute_before_its_time_is_in_time(digest, done):
    with started_at(EVE) as clock:
        clock.sleep_to(EIGHT - 10 * MINUTE - timedelta(seconds=30))
        change(cron.parse("50 7 * * *", beat.line_of("digest").zone))
        clock.move_to(EIGHT - 10 * MINUTE)
    assert done == [EIGHT - 10 * MINUTE]


def test_what_is_switched_off_does_not_run_and_is_not_caught_up(digest, done):
    with started_at(EVE) as clock:
        PeriodicTask.objects.update(enabled=False)
        opening.look()
        clock.sleep_to(EIGHT + MINUTE)
        opening.look()
        PeriodicTask.objects.update(enabled=True)
        clock.sleep_to(EIGHT + 5 * MINUTE)
        opening.look()
        work()
    assert done == []


def test_a_row_that_a_person_changed_or_deleted_stays_so(digest, now):
    row = PeriodicTask.objects.get()
    row.enabled = False
    row.save()
    beat.install(now=now)
    assert not PeriodicTask.objects.get().enabled
    PeriodicTask.objects.all().delete()
    beat.install(now=now)
    assert not PeriodicTask.objects.exists()


# --- when the clocks change ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cron_line", "begins", "expected"),
    [
        ("30 2 * * *", datetime(2026, 3, 28, 22, tzinfo=UTC), ["29 01:30"]),
        ("30 2 * * *", datetime(2026, 10, 24, 22, tzinfo=UTC), ["25 00:30"]),
        (
            *("30 * * * *", datetime(2026, 10, 24, 22, 45, tzinfo=UTC)),
            ["24 23:30", "25 00:30", "25 01:30", "25 02:30", "25 03:30"],
        ),
        (
            *("30 * * * *", datetime(2026, 3, 28, 22, 45, tzinfo=UTC)),
            ["28 23:30", "29 00:30", "29 01:30", "29 02:30", "29 03:30"],
        ),
    ],
)
def test_each_due_time_comes_once_when_the_clocks_change(
    make_schedule, done, cron_line, begins, expected
):
    make_schedule(cron_line, zone="Europe/Berlin")
    with started_at(begins, beats=2) as clock:
        for minutes in range(0, 5 * 60, 5):
            clock.move_to(begins + minutes * MINUTE)
            opening.look()
            work()
    assert [f"{moment:%d %H:%M}" for moment in done] == expected


def test_what_was_due_and_not_begun_goes_with_what_a_person_begins(digest, done):
    with started_at(EVE, beats=0) as clock:
        clock.sleep_to(EIGHT + MINUTE / 2)
        opening.begin_by_hand(digest, now=timezone.now())
        work()
        opening.look()
        work()
    assert done == [EIGHT + MINUTE / 2]


def test_a_clock_that_was_ahead_and_is_put_right_stops_no_schedule(digest, done):
    with started_at(EVE) as clock:
        Timetable.objects.update(since=EVE + 365 * DAY)
        clock.move_to(EIGHT)
    assert done == [EIGHT]
