"""The product's settings, with the library's tables and nothing of what it does beside tasks."""

from django_celery import settings as product
from django_celery.settings import *  # noqa: F403 - all of them, but for two apps

_INSTEAD = {
    "pipelines": "benchmarks.textbook.apps.Pipelines",
    "pipelines.schedules": "benchmarks.textbook.apps.Schedules",
}
INSTALLED_APPS = [_INSTEAD.get(app, app) for app in product.INSTALLED_APPS]
