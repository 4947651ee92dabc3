"""The composition root: settings, URLs and the Celery app. Nothing imports it."""

from django_celery.celery import app as celery_app

__all__ = ["celery_app"]
