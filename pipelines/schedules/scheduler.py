"""Beat's scheduler (``CELERY_BEAT_SCHEDULER``): django-celery-beat's, for a broker that may die.

https://django-celery-beat.readthedocs.io/en/latest/
"""

from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry


class _Entry(ModelEntry):  # type: ignore[misc]  # django-celery-beat publishes no types
    """A row whose ring is tried again.

    Beat keeps one connection for as long as it lives. Only a retry would make a new one when the
    broker has dropped it, and elsewhere here nobody waits for a broker (CELERY_TASK_PUBLISH_RETRY).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["retry"] = True


class Scheduler(DatabaseScheduler):  # type: ignore[misc]  # django-celery-beat publishes no types
    """Rings by the rows that people edit in the back office."""

    Entry = _Entry
