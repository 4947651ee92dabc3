"""A schedule of the tests' own, beside which there is no other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from pipelines import registry as pipelines
from pipelines.definition import step
from pipelines.schedules import beat, registry
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Timetable


@pytest.fixture
def done():
    """The due times that were worked on, in their order."""
    return []


@pytest.fixture
def make_schedule(db, done, monkeypatch, settings):
    """Registers a schedule as the only one, and gives it its row."""

    def make(cron, *, catch_up=timedelta(hours=2), zone="UTC"):
        @step(queue="housekeeping", timeout=30)
        def note(occasion):
            done.append(occasion.due_at)

        schedule = Schedule(
            name="digest",
            story=(note,),
            cron=cron,
            catch_up=catch_up,
            title="Digest",
            purpose="Tells what has come.",
        )
        monkeypatch.setattr(registry, "_schedules", {"digest": schedule})
        monkeypatch.setattr(pipelines, "_pipelines", [registry.as_pipeline(schedule)])
        PeriodicTask.objects.all().delete()
        Timetable.objects.all().delete()
        settings.TIME_ZONE = zone
        beat.install(now=timezone.now())
        return schedule

    return make
