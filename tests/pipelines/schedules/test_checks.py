from dataclasses import replace
from datetime import timedelta

from pipelines.schedules.checks import check_schedule, check_schedules


def test_a_sound_schedule_passes(make_schedule):
    make_schedule("0 8 * * *")
    assert check_schedules() == []


def test_a_line_that_never_falls_due_is_an_error(make_schedule):
    schedule = replace(make_schedule("0 8 * * *"), cron="0 8 31 2 *")
    assert [error.id for error in check_schedule(schedule)] == ["schedules.E001"]


def test_what_nobody_could_catch_up_is_an_error(make_schedule):
    schedule = make_schedule("0 8 * * *", catch_up=timedelta(seconds=90))
    assert [error.id for error in check_schedule(schedule)] == ["schedules.E002"]
