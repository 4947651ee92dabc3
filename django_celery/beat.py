"""What Beat schedules, until somebody changes it in the back office.

What nobody took in time is dropped: the next one is on its way.
"""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def _entry(task: str, schedule: crontab | timedelta, *, every: timedelta) -> dict[str, Any]:
    return {
        "task": task,
        "schedule": schedule,
        # django-celery-beat's own name for it: Celery's would be dropped.
        "options": {"expire_seconds": int(every.total_seconds())},
    }


SCHEDULE: dict[str, dict[str, Any]] = {
    "forget-kept-files": _entry("applications.forget_kept_files", _HOUR, every=_HOUR),
    # By the clock: each hour of the day has its share of the applications.
    "reconcile": _entry("applications.reconcile", crontab(minute=17), every=_HOUR),
    "alarm": _entry("pipelines.alarm", _MINUTE, every=_MINUTE),
}
