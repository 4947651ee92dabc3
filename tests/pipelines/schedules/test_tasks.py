"""What Beat sends, and what cron calls."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django_celery_beat.models import PeriodicTask

from django_celery.celery import app
from pipelines.schedules import beat
from pipelines.schedules.models import Occasion
from tests.clock import started_at, work

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def ring(name):
    app.tasks[beat.RING].run(schedule=name, sent_by="a later release")


def test_a_ring_for_a_schedule_of_another_release_is_harmless(make_schedule, caplog):
    make_schedule("0 8 * * *")
    ring("gone")
    assert "There is no schedule 'gone' in this release." in caplog.text
    assert not Occasion.objects.exists()


def test_a_row_without_a_job_does_not_disturb_the_others(make_schedule, done):
    make_schedule("0 8 * * *")
    row = PeriodicTask.objects.get()
    row.pk, row.name, row.kwargs = None, "gone", '{"schedule": "gone"}'
    row.save()
    with started_at(EIGHT - timedelta(hours=1)) as clock:
        clock.move_to(EIGHT)
    assert done == [EIGHT]


def test_the_command_begins_what_is_due_and_says_so(make_schedule, done, capsys):
    make_schedule("0 8 * * *")
    with started_at(EIGHT - timedelta(hours=1)) as clock:
        call_command("run_scheduled", "digest")
        clock.sleep_to(EIGHT)
        call_command("run_scheduled", "digest")
        call_command("run_scheduled", "digest")
        call_command("run_scheduled", "digest", "--now")
        work()
        clock.sleep_to(EIGHT + timedelta(minutes=1))
        call_command("run_scheduled", "digest", "--now")
    assert capsys.readouterr().out.splitlines() == [
        "digest: nothing to begin.",
        "digest: begun, due 2 Mar 2026, 08:00.",
        "digest: nothing to begin.",
        "digest: nothing to begin.",
        "digest: begun, due 2 Mar 2026, 08:01.",
    ]


def test_the_command_names_the_schedules_that_there_are(make_schedule):
    make_schedule("0 8 * * *")
    with pytest.raises(CommandError, match=r"no schedule 'weekly'; there are: digest\."):
        call_command("run_scheduled", "weekly")
