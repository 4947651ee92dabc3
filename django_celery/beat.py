"""What Beat schedules, until somebody changes it in the back office.

What nobody took in time is dropped: the next one is on its way.
"""

from datetime import timedelta
from typing import Any


def _every(length: timedelta, task: str) -> dict[str, Any]:
    return {
        "task": task,
        "schedule": length,
        # django-celery-beat's own name for it: Celery's would be dropped.
        "options": {"expire_seconds": int(length.total_seconds())},
    }


SCHEDULE: dict[str, dict[str, Any]] = {
    "forget-kept-files": _every(timedelta(hours=1), "applications.forget_kept_files"),
    "reconcile": _every(timedelta(hours=1), "applications.reconcile"),
    "alarm": _every(timedelta(minutes=1), "pipelines.alarm"),
}
