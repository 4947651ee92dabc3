from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from applications.pipeline.welcome import welcome
from applications.scheduled import reconcile
from pipelines import ledger
from pipelines.models import Run
from pipelines.resuming import resume
from pipelines.schedules import cron
from tests.clock import started_at, work
from tests.factories import make_application


def test_each_hour_what_nothing_carries_is_given_a_run_once(db, s3, now, monkeypatch):
    application = make_application()
    quarter = now.replace(minute=17) + timedelta(hours=1)
    with started_at(now, beats=2) as clock:
        clock.move_to(quarter - timedelta(minutes=1))
        assert not Run.objects.filter(pipeline="apply_now").exists()
        monkeypatch.setattr("applications.dossier.render", lambda _application, **_uploads: b"%PDF")
        clock.move_to(quarter)
    assert Run.objects.get(pipeline="apply_now").subject_id == str(application.pk)
    assert Run.objects.filter(pipeline="reconcile").count() == 1


@pytest.fixture
def stray(s3):
    """An object that belongs to nobody, which only a person can judge."""
    about = {"Bucket": "applications", "Key": "applications/nobody/resume.pdf"}
    s3.put_object(**about, Body=b"%PDF")
    return about


def test_people_hear_once_of_what_only_they_can_put_right(db, s3, now, stray):
    first = now.replace(minute=17) + timedelta(hours=1)
    with started_at(now, beats=1) as clock:
        clock.move_to(first)
        failed = Run.objects.get(pipeline="reconcile", status="failed")
        assert failed.steps.get().error == (
            "Findings that need a person: 1. python manage.py reconcile --dry-run lists them."
        )
        clock.move_to(first + timedelta(hours=1))
        assert Run.objects.get(pipeline="reconcile", status="failed") == failed
        assert Run.objects.filter(pipeline="reconcile", status="done").count() == 1
        s3.delete_object(**stray)
        resume(failed, now=timezone.now())
        work()
    failed.refresh_from_db()
    assert failed.status == "done"


def test_of_runs_that_have_failed_people_hear_already(db, s3, now):
    run = ledger.open_run(welcome, make_application(), now=now)
    run.steps.update(status="failure")
    Run.objects.filter(pk=run.pk).update(status="failed")
    with started_at(now, beats=1) as clock:
        clock.move_to(now.replace(minute=17) + timedelta(hours=1))
    assert Run.objects.get(pipeline="reconcile").status == "done"


def test_each_hour_of_the_day_has_its_share():
    line = cron.parse(reconcile.cron, ZoneInfo("UTC"))
    assert (line.is_hourly, line.minutes) == (True, {17})
