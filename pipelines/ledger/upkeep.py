"""What the sweep asks of the ledger: who died, what waits, what is rung again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet

from pipelines.ledger.records import MAX_CRASHES, archive, go_no_further, lock, mark_failed
from pipelines.models import Attempt, Run, StepRun

BATCH = 200

# How often one step tries on behalf of all that wait for the same outage to end. It grows with
# nothing: how old an outage is no row tells, only for how long a step has waited, whatever for.
PROBE_INTERVAL = timedelta(seconds=10)

_SUSPICIOUS = MAX_CRASHES - 1

_IS_AGAIN = ExpressionWrapper(Q(attempts__gt=0), output_field=BooleanField())

_CRASHED = "The worker died while it ran this step."
_SET_ASIDE = "Set aside: the worker died each time it ran this step."


class MessageKind(NamedTuple):
    """What a message's queue depends on: its step, and whether that was tried before."""

    step: str
    is_again: bool


def is_quiet(*, now: datetime, sent_by: datetime | None) -> bool:
    """Whether no time has come, nothing waits for an outage to end, and no message is overdue.

    One question in the place of all that a sweep asks. Overdue is what was sent by then and not
    claimed since; with None nothing is.
    """
    time_has_come = StepRun.objects.filter(due_at__lte=now)
    others = [StepRun.objects.exclude(outage="")]
    if sent_by:
        others.append(_sent_before(sent_by))
    # Each by an index of its own, which an OR of the three might not use.
    arms = [rows.order_by().values("pk") for rows in (time_has_come, *others)]
    return not arms[0].union(*arms[1:], all=True).exists()


def crashed(*, now: datetime, lapsed_by: datetime | None = None) -> list[Attempt]:
    """Free the steps whose lease ran out; set aside those that keep killing their worker.

    With ``lapsed_by``, those alone whose lease ended by then. Returns the attempts that ended so.
    """
    expired = StepRun.objects.filter(
        status=StepRun.Status.STARTED, due_at__lte=min(lapsed_by or now, now)
    )
    ended = [_crash(step, now=now) for step in expired.order_by("due_at")[:BATCH]]
    return [attempt for attempt in ended if attempt is not None]


def _crash(step: StepRun, *, now: datetime) -> Attempt | None:
    is_last = step.crashes + 1 >= MAX_CRASHES
    outcome = Attempt.Outcome.FAILURE if is_last else Attempt.Outcome.CRASH
    with transaction.atomic():
        # Held by somebody: the next sweep comes soon, and one that stands still must not stop this.
        run = Run.objects.select_for_update(skip_locked=True).filter(pk=step.run_id).first()
        if run is None:
            return None
        won = StepRun.objects.filter(
            pk=step.pk,
            attempts=step.attempts,
            status=StepRun.Status.STARTED,
            due_at__lte=now,
        ).update(
            status=StepRun.Status.FAILURE if is_last else StepRun.Status.RETRY,
            crashes=F("crashes") + 1,
            due_at=None if is_last else now,
            finished_at=now if is_last else None,
            error=_SET_ASIDE if is_last else _CRASHED,
            outage="" if is_last else F("outage"),
        )
        if not won:
            return None
        if is_last:
            mark_failed(step.run_id, now=now)
        attempt = archive(step.pk, outcome, now=now)
        go_no_further(run, now=now)
        return attempt


def ready(*, now: datetime) -> list[StepRun]:
    """Steps whose time has come and that no message carries, with their runs.

    Of those that the next crash would set aside one at a time, and while no other is on its way:
    so none is set aside for what another suspect did to the worker that ran both.
    """
    rows = due(now=now).select_related("run").order_by("due_at", "pk")
    others = list(rows.filter(crashes__lt=_SUSPICIOUS)[:BATCH])
    suspect = rows.filter(crashes__gte=_SUSPICIOUS).first()
    if suspect is None or _is_suspect_on_its_way():
        return others
    return [*others, suspect]


def due(*, now: datetime) -> QuerySet[StepRun]:
    """All steps whose time has come and that no message carries."""
    waiting = (StepRun.Status.PENDING, StepRun.Status.RETRY)
    return StepRun.objects.filter(status__in=waiting, due_at__lte=now)


def _is_suspect_on_its_way() -> bool:
    """Asked of an index for each status; who crashed so often has tried at least as often."""
    sent = StepRun.objects.filter(status=StepRun.Status.SENT, attempts__gte=_SUSPICIOUS)
    started = StepRun.objects.filter(status=StepRun.Status.STARTED, due_at__isnull=False)
    return any(rows.filter(crashes__gte=_SUSPICIOUS).exists() for rows in (sent, started))


def probes(*, now: datetime) -> list[StepRun]:
    """For each outage that nobody has tested for a while, the waiting step whose turn is next."""
    waiting = StepRun.objects.filter(
        status=StepRun.Status.RETRY, due_at__gt=now, crashes__lt=_SUSPICIOUS
    )
    outages = (
        StepRun.objects.exclude(outage="")
        .order_by()
        .values_list("outage")
        .annotate(tested_at=Max("queued_at"))
    )
    first = [
        waiting.filter(outage=outage).select_related("run").order_by("due_at").first()
        for outage, tested_at in outages
        if now - tested_at >= PROBE_INTERVAL
    ]
    return [step for step in first if step is not None]


def ring(step: StepRun, *, now: datetime) -> bool:
    """Mark a step as sent, just before its message is sent. False: another got there first."""
    return _unchanged(step).update(status=StepRun.Status.SENT, queued_at=now, due_at=None) == 1


def unsent(run_id: UUID, *, now: datetime) -> None:
    """The broker did not take the run's message: say so, and let the sweep try again."""
    StepRun.objects.filter(run_id=run_id, status=StepRun.Status.SENT).update(
        status=StepRun.Status.PENDING, due_at=now
    )


def set_aside(step: StepRun, error: str, *, now: datetime) -> None:
    """Fail a step that nobody can run, such as one that this release does not know."""
    with transaction.atomic():
        lock(step.run_id)
        if _unchanged(step).update(
            status=StepRun.Status.FAILURE, due_at=None, finished_at=now, error=error, outage=""
        ):
            mark_failed(step.run_id, now=now)


def postpone(step: StepRun, *, due_at: datetime) -> None:
    """Look at a waiting step again at ``due_at``; one that is on the broker stays there."""
    _unchanged(step).filter(due_at__isnull=False).update(due_at=due_at)


def _unchanged(step: StepRun) -> QuerySet[StepRun]:
    """The row, if nobody has moved it since it was read."""
    return StepRun.objects.filter(
        pk=step.pk, status=step.status, attempts=step.attempts, queued_at=step.queued_at
    )


def discarded(run_id: UUID, step: str, attempt: int, *, now: datetime) -> None:
    """An operator revoked a message before it ran: that attempt is spent, the step is not."""
    rows = StepRun.objects.filter(
        run_id=run_id, name=step, attempts=attempt - 1, status=StepRun.Status.SENT
    )
    with transaction.atomic():
        if rows.update(
            status=StepRun.Status.RETRY,
            attempts=F("attempts") + 1,
            started_at=None,
            due_at=now,
            worker="",
            error="",
        ):
            row = StepRun.objects.get(run_id=run_id, name=step)
            archive(row.pk, Attempt.Outcome.REVOKED, now=now)


def is_any_sent_before(moment: datetime) -> bool:
    """Whether any step was sent before ``moment`` and not claimed since."""
    return _sent_before(moment).exists()


def sent_before(moment: datetime, *, among: Iterable[MessageKind]) -> list[StepRun]:
    """Steps of these that were sent before ``moment`` and not claimed, with runs, oldest first."""
    alike = Q(pk__in=())
    for step, is_again in among:
        alike |= Q(name=step, is_again=is_again)
    rows = _sent_before(moment).alias(is_again=_IS_AGAIN).filter(alike)
    return list(rows.select_related("run").order_by("queued_at")[:BATCH])


def _sent_before(moment: datetime) -> QuerySet[StepRun]:
    return StepRun.objects.filter(status=StepRun.Status.SENT, queued_at__lte=moment)


def count_sent() -> dict[MessageKind, int]:
    """How many messages of each kind are on the broker."""
    rows = StepRun.objects.filter(status=StepRun.Status.SENT).order_by()
    counts = (
        rows.annotate(is_again=_IS_AGAIN).values_list("name", "is_again").annotate(count=Count("*"))
    )
    return {MessageKind(*kind): count for *kind, count in counts}
