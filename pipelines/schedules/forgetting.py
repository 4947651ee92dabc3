"""Old occasions are forgotten: what runs each minute would fill the ledger for ever."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from pipelines import ledger
from pipelines.models import Run
from pipelines.schedules.models import Occasion

_BATCH = 500


def forget(*, before: datetime, most: int) -> int:
    """Delete the occasions due before then, and of each schedule all but the last ``most``.

    Their runs go with them; what is still at work stays, and for as long as the others what has
    failed: a person may resume it. Returns how many there were.
    """
    names = Occasion.objects.order_by().values_list("schedule", flat=True).distinct()
    return sum(_forget(name, before, most) for name in list(names))


def _forget(schedule: str, before: datetime, most: int) -> int:
    old = _old(schedule, before, most)
    forgotten = 0
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            ledger.forget_runs(schedule, [str(pk) for pk in ids])
            Occasion.objects.filter(pk__in=ids).delete()
        forgotten += len(ids)
    return forgotten


def _old(schedule: str, before: datetime, most: int) -> QuerySet[Occasion]:
    occasions = Occasion.objects.filter(schedule=schedule)
    at_work = Run.objects.filter(pipeline=schedule, status=Run.Status.ACTIVE)
    busy = [int(pk) for pk in at_work.values_list("subject_id", flat=True)]
    last = occasions.order_by("-pk").values_list("pk", flat=True)[most : most + 1]
    too_many = Q(~_has_failed(), pk__lte=last[0]) if last else Q(pk__in=())
    return occasions.filter(Q(due_at__lt=before) | too_many).exclude(pk__in=busy)


def _has_failed() -> Exists:
    """Of the occasion that is asked about."""
    failed = Run.objects.filter(pipeline=OuterRef("schedule"), status=Run.Status.FAILED)
    return Exists(failed.filter(subject_id=Cast(OuterRef("pk"), CharField())))
