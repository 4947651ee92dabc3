"""Scheduled work: each task calls one plain function."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from applications.models import KeptFile
from django_celery import tasks
from django_celery.celery import app
from pipelines.models import Run
from tests.factories import make_application


def test_everything_that_is_scheduled_is_a_task(settings):
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= app.tasks.keys()


def test_files_that_nobody_came_back_to_are_forgotten(db):
    KeptFile.objects.create(
        submission_key="00000000-0000-4000-8000-000000000000",
        field="resume",
        content=b"?",
        kept_at=timezone.now() - timedelta(days=2),
    )
    assert tasks.forget_kept_files() == 1


def test_reconciling_answers_with_counts(db, object_store):
    make_application()
    assert tasks.reconcile() == {"applications": 1, "documents": 0, "letters": 0, "no_run": 1}


def test_the_alarm_links_to_the_list_of_failed_runs(db, client, admin_user, settings, now):
    settings.ADMINS = [("", "ops@example.com")]
    run = Run.objects.create(
        pipeline="of_another_release", subject_id="gone", status=Run.Status.FAILED
    )
    assert tasks.watch_failures() is True
    (address,) = (line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    client.force_login(admin_user)
    page = client.get(address.removeprefix(settings.SITE_URL))
    assert list(page.context["cl"].result_list) == [run]
