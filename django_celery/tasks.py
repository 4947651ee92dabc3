"""Scheduled work that is no pipeline: the Celery face of plain functions of the domain."""

from celery import shared_task
from django.utils import timezone

from applications.services import keeping


@shared_task(name="applications.forget_kept_files")
def forget_kept_files() -> int:
    """Delete the files of forms that nobody came back to; how many there were."""
    return keeping.forget_kept_files(now=timezone.now())
