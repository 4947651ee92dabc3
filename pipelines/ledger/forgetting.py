"""What the ledger lets go of, once nobody asks for it any more."""

from collections.abc import Collection
from datetime import datetime

from pipelines.models import Attempt, Run

BATCH = 500


def forget_runs(pipeline: str, subject_ids: Collection[str]) -> int:
    """Delete the runs of these subjects that have ended, with all their steps; how many.

    Not for subjects that something asks about: one without a run looks as if nothing carried it.
    """
    ended = Run.objects.filter(pipeline=pipeline, subject_id__in=subject_ids)
    found = ended.exclude(status=Run.Status.ACTIVE)
    count = found.count()
    found.delete()
    return count


def forget_attempts(*, before: datetime) -> int:
    """Delete the past attempts of runs that were done before then; how many.

    The runs stay, with how and when each of their steps ended. A batch is one transaction.
    """
    done = Attempt.objects.filter(
        step__run__status__in=(Run.Status.DONE, Run.Status.CANCELLED),
        step__run__finished_at__lt=before,
    )
    forgotten = 0
    while ids := list(done.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        Attempt.objects.filter(pk__in=ids).delete()
        forgotten += len(ids)
    return forgotten
