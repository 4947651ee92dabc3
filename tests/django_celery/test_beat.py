"""The schedule as it arrives in Beat's database."""

from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from django_celery.celery import app


def test_what_nobody_took_is_dropped_when_the_next_one_is_on_its_way(db):
    for name, entry in app.conf.beat_schedule.items():
        ModelEntry.from_entry(name, app=app, **entry)
    assert dict(PeriodicTask.objects.values_list("task", "expire_seconds")) == {
        "applications.forget_kept_files": 3600,
        "applications.reconcile": 3600,
        "pipelines.alarm": 60,
    }


def test_each_hour_of_the_day_has_one_survey():
    schedule = app.conf.beat_schedule["reconcile"]["schedule"]
    assert (schedule.hour, schedule.minute) == (set(range(24)), {17})
