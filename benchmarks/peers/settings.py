"""The benchmarks' own process, and django-tasks' worker: the empty pipeline, and django-tasks."""

from benchmarks.empty import settings as empty
from benchmarks.empty.settings import *  # noqa: F403 - all of them, and two apps more

INSTALLED_APPS = [*empty.INSTALLED_APPS, "django_tasks", "django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
