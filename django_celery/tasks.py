"""Scheduled work that is no pipeline: the Celery face of plain functions of the domain."""

from celery import shared_task
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from applications.services import keeping, reconciliation
from pipelines import alarm
from pipelines.models import Run


@shared_task(name="applications.forget_kept_files")
def forget_kept_files() -> int:
    """Delete the files of forms that nobody came back to; how many there were."""
    return keeping.forget_kept_files(now=timezone.now())


@shared_task(name="applications.reconcile")
def reconcile() -> dict[str, int]:
    """Compare applications, runs, objects and letters, and repair; how many of each there were."""
    return reconciliation.reconcile(now=timezone.now())


@shared_task(name="pipelines.alarm")
def watch_failures() -> bool:
    """Mail ADMINS when runs begin to fail, and when none is left; whether a mail went out."""
    address = f"{settings.SITE_URL}{reverse('admin:pipelines_run_changelist')}"
    return alarm.watch(address=f"{address}?status__exact={Run.Status.FAILED}", now=timezone.now())
