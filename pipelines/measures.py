"""How much there is to do, and for how long it has waited: for probes and monitoring.

Each function is one query along an index of what is not finished, but for ``count_done``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Min, Q, When
from django.db.models.functions import Coalesce

from pipelines.models import Run, StepRun

_UNFINISHED = (Run.Status.ACTIVE, Run.Status.FAILED)
_WAITING = frozenset({StepRun.Status.PENDING, StepRun.Status.SENT, StepRun.Status.RETRY})
# Of a step that is ready: its turn, however often it was sent since, or the time of its next try.
_READY_SINCE = Case(
    When(attempts=0, then=Coalesce("opened_at", "queued_at")),
    When(status=StepRun.Status.SENT, then="queued_at"),
    default="due_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps of one name and status among unfinished runs.

    ``turn_since`` is the oldest moment at which it became the turn of one of them, ``ready_since``
    that from which on nothing but a worker has been missing; aware, or None.
    """

    pipeline: str
    step: str
    status: str
    number: int
    turn_since: datetime | None
    ready_since: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether it is their turn and nobody is at them."""
        return self.status in _WAITING and self.turn_since is not None


def backlog_age(*, now: datetime) -> timedelta:
    """How long the oldest step that is ready has waited for a worker; none without one.

    It is ready when its message is on the broker, and when it is due and the broker is away.
    """
    rows = StepRun.objects.order_by().annotate(since=_READY_SINCE).values_list("since", flat=True)
    # Each by an index of its own, which an OR of the two might not use.
    sent, due = (rows.filter(ready) for ready in _ready(now))
    oldest = sent.union(due, all=True).order_by("since").first()
    return max(now - oldest, timedelta()) if oldest else timedelta()


def _ready(now: datetime) -> tuple[Q, Q]:
    """The steps that are sent, and those that are to be."""
    waiting = (StepRun.Status.PENDING, StepRun.Status.RETRY)
    return Q(status=StepRun.Status.SENT), Q(status__in=waiting, due_at__lte=now)


def unfinished_steps(*, now: datetime) -> list[Steps]:
    """The steps of all runs that are active or failed, by name and status."""
    sent, due = _ready(now)
    rows = StepRun.objects.filter(run__status__in=_UNFINISHED).order_by()
    grouped = rows.values_list("run__pipeline", "name", "status").annotate(
        Count("pk"), Min("opened_at"), ready_since=Min(_READY_SINCE, filter=sent | due)
    )
    return [
        Steps(
            pipeline=pipeline,
            step=name,
            status=status,
            number=number,
            turn_since=turn_since,
            ready_since=ready_since,
        )
        for pipeline, name, status, number, turn_since, ready_since in grouped
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
