"""How much there is to do, and for how long it has waited: for probes and monitoring.

Each function is one query along an index of what is not finished, but for ``count_done``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from pipelines.models import Run, StepRun

_UNFINISHED = (Run.Status.ACTIVE, Run.Status.FAILED)
_WAITING = frozenset({StepRun.Status.PENDING, StepRun.Status.SENT, StepRun.Status.RETRY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps of one name and status among unfinished runs.

    ``turn_since`` is the oldest moment at which it became the turn of one of them, ``sent_at``
    that of the oldest message; aware, or None.
    """

    pipeline: str
    step: str
    status: str
    number: int
    turn_since: datetime | None
    sent_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether it is their turn and nobody is at them."""
        return self.status in _WAITING and self.turn_since is not None


def backlog_age(*, now: datetime) -> timedelta:
    """How long the oldest message has waited for a worker; none without a message."""
    sent = StepRun.objects.filter(status=StepRun.Status.SENT)
    oldest: datetime | None = sent.aggregate(oldest=Min("queued_at"))["oldest"]
    return max(now - oldest, timedelta()) if oldest else timedelta()


def unfinished_steps() -> list[Steps]:
    """The steps of all runs that are active or failed, by name and status."""
    rows = StepRun.objects.filter(run__status__in=_UNFINISHED).order_by()
    grouped = rows.values_list("run__pipeline", "name", "status").annotate(
        Count("pk"), Min("opened_at"), Min("queued_at")
    )
    return [
        Steps(
            pipeline=pipeline,
            step=name,
            status=status,
            number=number,
            turn_since=turn_since,
            sent_at=sent_at,
        )
        for pipeline, name, status, number, turn_since, sent_at in grouped
    ]


def unfinished_runs() -> dict[tuple[str, str], int]:
    """How many runs are active or failed, by pipeline and status."""
    return _count_runs(_UNFINISHED)


def count_done() -> dict[tuple[str, str], int]:
    """How many runs are done or cancelled, likewise. It looks at every run: not for each scrape."""
    return _count_runs((Run.Status.DONE, Run.Status.CANCELLED))


def _count_runs(statuses: tuple[Run.Status, ...]) -> dict[tuple[str, str], int]:
    rows = Run.objects.filter(status__in=statuses).order_by()
    counts = rows.values_list("pipeline", "status").annotate(Count("pk"))
    return {(pipeline, status): number for pipeline, status, number in counts}
