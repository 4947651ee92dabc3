"""How long applications are kept: after that the applicant is told, and then they are erased.

Counted from the last move of an application, by the position's ``retention_months``, else by
RETENTION_MONTHS. Those who were hired stay: what an employer keeps is another matter.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import IN_STAGE_SINCE, Application, Erasure, Job, RetentionNotice
from applications.pipeline import retention_notice
from applications.services import erasure
from applications.services.hiring import stages
from pipelines import canvas

_BATCH = 500


def announce(*, now: datetime) -> int:
    """Open a notice for each application that has been kept long enough; how many.

    It is erased RETENTION_NOTICE_DAYS later. Safe to call at any time.
    """
    erase_at = now + timedelta(days=settings.RETENTION_NOTICE_DAYS)
    unannounced = _kept_long_enough(now).filter(~Exists(_notices()))
    return sum(_announce(unannounced, pk, now, erase_at) for pk in _in_batches(unannounced))


def _announce(
    unannounced: QuerySet[Application], pk: UUID, now: datetime, erase_at: datetime
) -> bool:
    with transaction.atomic():
        application = _held(unannounced, pk)
        if application is None:
            return False
        notice = RetentionNotice.objects.create(
            application=application, made_at=now, erase_at=erase_at
        )
        canvas.start(retention_notice, notice)
    return True


def erase(*, now: datetime) -> int:
    """Begin to erase those whose notice has run out, and that nobody has moved since; how many."""
    due = _kept_long_enough(now).filter(Exists(_notices().filter(erase_at__lte=now)))
    return sum(_erase(due, pk, now) for pk in _in_batches(due))


def _erase(due: QuerySet[Application], pk: UUID, now: datetime) -> bool:
    with transaction.atomic():
        application = _held(due, pk)
        if application is None:
            return False
        erasure.request(application, now=now, is_kept_long_enough=True)
    return True


def _in_batches(found: QuerySet[Application]) -> Iterator[UUID]:
    """Along the key: an open cursor would keep SQLite from writing in between."""
    keys = found.values_list("pk", flat=True)
    batch = list(keys[:_BATCH])
    while batch:
        yield from batch
        batch = list(keys.filter(pk__gt=batch[-1])[:_BATCH])


def _held(found: QuerySet[Application], pk: UUID) -> Application | None:
    """It, held for the caller's transaction, if nobody has moved or erased it meanwhile."""
    held = found.select_for_update(of=("self",)).filter(pk=pk).first()
    # Whoever held it until now may have asked for that, and the query began before.
    return None if held is None or stages.is_being_erased(pk) else held


def _notices() -> QuerySet[RetentionNotice]:
    """The notices in force of the application that is asked about."""
    return RetentionNotice.objects.filter(
        application=OuterRef("pk"), made_at__gte=OuterRef("since")
    )


def _kept_long_enough(now: datetime) -> QuerySet[Application]:
    is_old = Q(pk__in=())
    for months in Job.objects.order_by().values_list("retention_months", flat=True).distinct():
        kept = settings.RETENTION_MONTHS if months is None else months
        if kept:
            is_old |= Q(job__retention_months=months, since__lt=months_before(now, kept))
    applications = Application.objects.annotate(since=IN_STAGE_SINCE)
    being_erased = Erasure.objects.filter(application_id=OuterRef("pk"))
    found = applications.filter(is_old, ~Exists(being_erased))
    return found.exclude(stage=Application.Stage.HIRED).order_by("pk")


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month so many months earlier, or the last one of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
