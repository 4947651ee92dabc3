"""What changes by itself as time goes on: positions open and close, applications wait for long.

Whether a position takes an application is decided by its dates at that moment; the mark here is
how the last look found it.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest

from applications.models import IN_STAGE_SINCE, Application, Job
from applications.services import publishing
from applications.services.hiring import stages, waiting


def update_positions(*, now: datetime) -> int:
    """Mark the positions that have opened or closed since the last look; how many there were.

    Then the feed and the counters are made anew. Safe to call at any time.
    """
    is_open = Job.objects.open(now)
    with transaction.atomic():
        # Seen since it opened, or since somebody published it after that: that day, not this look.
        is_open.filter(listed_at__isnull=True).update(listed_at=Greatest("opens_at", "updated_at"))
        opened = is_open.filter(is_listed=False).update(is_listed=True)
        closed = (
            Job.objects.filter(is_listed=True)
            .exclude(pk__in=is_open.order_by().values("pk"))
            .update(is_listed=False)
        )
    if opened or closed:
        publishing.refresh(now=now)
    return opened + closed


def seen_since(job: Job, *, now: datetime) -> datetime | None:
    """Since when people may have seen it as it is stored, also before a look has found it.

    None: nobody has. To be asked before it is taken down.
    """
    stored = Job.objects.get(pk=job.pk)
    return stored.listed_at or (stored.changed_at if stored.is_open(now) else None)


def mark_waiting(*, now: datetime) -> int:
    """Mark the applications that nobody has moved for long, and those no longer; how many changed.

    For long is what WAITING_REMINDER_DAYS says; with 0 none is.
    """
    since = Application.objects.annotate(since=IN_STAGE_SINCE)
    late = since.filter(stage__in=stages.OPEN, since__lt=waiting.limit(now))
    if not settings.WAITING_REMINDER_DAYS:
        late = late.none()
    with transaction.atomic():
        began = late.filter(is_waiting=False).update(is_waiting=True)
        ended = Application.objects.filter(is_waiting=True).exclude(pk__in=late.values("pk"))
        return began + ended.update(is_waiting=False)
