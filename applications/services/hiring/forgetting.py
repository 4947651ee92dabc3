"""What HR was mailed long ago by the clock is forgotten, with its letters and runs."""

from django.db import transaction
from django.db.models import Model, QuerySet

from applications.models import Letter
from pipelines import ledger
from pipelines.definition import Pipeline
from pipelines.models import Run

_BATCH = 500


def forget(old: QuerySet[Model], pipeline: Pipeline, kind: Letter.Kind) -> int:
    """Delete the subjects of ``pipeline`` in ``old``, each with its letter of ``kind``; how many.

    What is still at work stays. Safe to call at any time.
    """
    at_work = Run.objects.filter(pipeline=pipeline.name, status=Run.Status.ACTIVE)
    busy = [int(pk) for pk in at_work.values_list("subject_id", flat=True)]
    rest = old.exclude(pk__in=busy).order_by("pk")
    forgotten = 0
    while ids := list(rest.values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            ledger.forget_runs(pipeline.name, [str(pk) for pk in ids])
            Letter.objects.filter(kind=kind, about__in=[str(pk) for pk in ids]).delete()
            old.model._default_manager.filter(pk__in=ids).delete()  # noqa: SLF001 (documented)
        forgotten += len(ids)
    return forgotten
