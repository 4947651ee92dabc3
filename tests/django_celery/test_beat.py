"""The schedule as it arrives in Beat's database."""

from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from django_celery.celery import app


def test_everything_is_scheduled_and_dropped_when_the_next_one_is_on_its_way(db):
    for name, entry in app.conf.beat_schedule.items():
        ModelEntry.from_entry(name, app=app, **entry)
    assert {
        entry.task: (str(entry.interval), entry.expire_seconds)
        for entry in PeriodicTask.objects.all()
    } == {
        "applications.forget_kept_files": ("every 3600 seconds", 3600),
        "applications.reconcile": ("every 3600 seconds", 3600),
        "pipelines.alarm": ("every 60 seconds", 60),
    }
