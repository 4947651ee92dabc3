"""Applications that nobody has moved for long: HR is reminded of each once for each stage."""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from applications.models import (
    IN_STAGE_SINCE,
    Application,
    Job,
    Letter,
    Notice,
    WaitingReminder,
)
from applications.office import midnight
from applications.pipeline import waiting_reminder
from applications.services.hiring import forgetting, stages
from pipelines import canvas

_DAY = timedelta(days=1)
_SATURDAY = 6


def remind(*, now: datetime) -> None:
    """Open today's reminder for each position with applications that wait. Safe to call twice."""
    if not settings.WAITING_REMINDER_DAYS:
        return
    found = to_remind_of(now).order_by("job_id", "submitted_at", "pk")
    for job, group in groupby(found, key=lambda application: application.job):
        _remind(job, list(group), now)


def forget(*, before: datetime) -> int:
    """Delete the reminders made before then (aware), with their letters and runs; how many.

    One that tells of an application which waits to this day stays: HR was reminded of it.
    """
    unmoved = Application.objects.filter(
        Q(moved_at__isnull=True) | Q(moved_at__lte=OuterRef("made_at")),
        waiting_reminders=OuterRef("pk"),
    )
    old = WaitingReminder.objects.filter(~Exists(unmoved), made_at__lt=before)
    return forgetting.forget(old, waiting_reminder, Letter.Kind.WAITING_APPLICATIONS)


def to_remind_of(now: datetime) -> QuerySet[Application]:
    """Those that have been in one open stage for WAITING_REMINDER_DAYS weekdays at ``now``.

    Without those that HR was reminded of since they came there, and without those whose
    interview is still ahead.
    """
    told = WaitingReminder.objects.filter(
        applications=OuterRef("pk"), made_at__gt=OuterRef("since")
    )
    ahead = Notice.objects.in_force().filter(
        interview__application=OuterRef("pk"), starts_at__gt=now
    )
    return (
        Application.objects.annotate(since=IN_STAGE_SINCE)
        .filter(~Exists(told), ~Exists(ahead), stage__in=stages.OPEN, since__lt=limit(now))
        .select_related("job")
    )


def limit(now: datetime) -> datetime:
    """The end of the day, on the office's clocks, that lies so many weekdays before today."""
    day = weekdays_before(timezone.localdate(now), settings.WAITING_REMINDER_DAYS) + _DAY
    return midnight(day)


def weekdays_before(day: date, number: int) -> date:
    """The day that lies ``number`` days from Monday to Friday before ``day``."""
    while number:
        day -= _DAY
        number -= day.isoweekday() < _SATURDAY
    return day


def _remind(job: Job, applications: list[Application], now: datetime) -> None:
    with transaction.atomic():
        reminder, is_new = WaitingReminder.objects.get_or_create(
            job=job, day=timezone.localdate(now), defaults={"made_at": now}
        )
        if is_new:
            reminder.applications.set(applications)
            canvas.start(waiting_reminder, reminder)
