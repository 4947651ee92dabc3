"""Everything stops until a person says that it may go on."""

from datetime import datetime

from django.db import transaction

from pipelines.models import Run, StepRun

_ENDED = (StepRun.Status.SUCCESS, StepRun.Status.FAILURE, StepRun.Status.CANCELLED)


def hold_all(error: str, *, now: datetime) -> int:
    """Fail every run that is at work, at the steps whose turn it is; how many runs it was.

    ``resume`` lets each go on where it stood. For a ledger that may be behind the world.
    """
    with transaction.atomic():
        turns = StepRun.objects.filter(run__status=Run.Status.ACTIVE, opened_at__isnull=False)
        turns.exclude(status__in=_ENDED).update(
            status=StepRun.Status.FAILURE, due_at=None, finished_at=now, error=error, outage=""
        )
        return Run.objects.filter(status=Run.Status.ACTIVE).update(
            status=Run.Status.FAILED, finished_at=now
        )
