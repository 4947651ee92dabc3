"""What the workers said of a run, told again from the ledger's rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.canvas import Address
from pipelines.models import Attempt, Run, StepRun

_ENDED: dict[str, str] = {
    StepRun.Status.SUCCESS: "task-succeeded",
    StepRun.Status.FAILURE: "task-failed",
    Attempt.Outcome.RETRY: "task-retried",
    Attempt.Outcome.CRASH: "task-retried",
    Attempt.Outcome.FAILURE: "task-failed",
    Attempt.Outcome.REVOKED: "task-revoked",
}

_REVOKED = {"terminated": False, "signum": None, "expired": False}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of Celery's: its kind, when it happened (aware), where, and its fields.

    ``worker`` is empty for what no worker did.
    """

    kind: str
    at: datetime
    worker: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An attempt, from whichever row it is known."""

    address: Address
    name: str
    root: Address
    queued_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    ended: str
    worker: str
    error: str


def events_of(run: Run) -> Iterator[Event]:
    """All that was said of the run's attempts, each with its original time and task id.

    ``run.steps`` and their ``past_attempts`` should be prefetched.
    """
    for attempt in _attempts(run):
        yield from _events(attempt)


def revoked(attempt: Address, *, at: datetime) -> Event:
    """That this attempt is not made any more, since that time (aware)."""
    return Event("task-revoked", at, "", {"uuid": str(attempt), **_REVOKED})


def _events(attempt: _Told) -> Iterator[Event]:
    uuid = {"uuid": str(attempt.address)}
    if attempt.queued_at:
        message = {**uuid, **_message(attempt)}
        yield Event("task-sent", attempt.queued_at, "ledger", message)
        if attempt.started_at:
            yield Event("task-received", attempt.queued_at, attempt.worker, message)
    if attempt.started_at:
        yield Event("task-started", attempt.started_at, attempt.worker, uuid)
    if attempt.ended_at:
        fields = {**uuid, **_end(attempt)}
        yield Event(attempt.ended, attempt.ended_at, attempt.worker, fields)


def _message(attempt: _Told) -> dict[str, Any]:
    return {
        "name": attempt.name,
        "args": "()",
        "kwargs": str({"run": str(attempt.address.run_id)}),
        "root_id": str(attempt.root),
        "parent_id": None,
        "retries": 0,
        "eta": None,
        "expires": None,
    }


def _end(attempt: _Told) -> dict[str, Any]:
    if attempt.ended == "task-succeeded" and attempt.ended_at and attempt.started_at:
        runtime = (attempt.ended_at - attempt.started_at).total_seconds()
        return {"result": "None", "runtime": runtime}
    if attempt.ended == "task-revoked":
        return _REVOKED
    return {"exception": attempt.error, "traceback": ""}


def _attempts(run: Run) -> Iterator[_Told]:
    steps = list(run.steps.all())
    root = Address(run.pk, steps[0].name, 1)
    for step in steps:
        name = f"{run.pipeline}.{step.name}"
        past = list(step.past_attempts.all())
        for attempt in past:
            yield _past(step, attempt, name, root)
        if _has_a_latest(step, past):
            yield _latest(step, name, root)


def _has_a_latest(step: StepRun, past: list[Attempt]) -> bool:
    """Whether the row itself tells of an attempt that no past one tells of."""
    if step.status == StepRun.Status.CANCELLED:
        return False
    latest_past = past[-1].number if past else 0
    return step.status == StepRun.Status.SENT or latest_past < step.attempts


def _past(step: StepRun, attempt: Attempt, name: str, root: Address) -> _Told:
    return _Told(
        address=Address(step.run_id, step.name, attempt.number),
        name=name,
        root=root,
        queued_at=attempt.queued_at,
        started_at=attempt.started_at,
        ended_at=attempt.ended_at,
        ended=_ENDED[attempt.outcome],
        worker=attempt.worker,
        error=attempt.error,
    )


def _latest(step: StepRun, name: str, root: Address) -> _Told:
    is_on_its_way = step.status == StepRun.Status.SENT
    return _Told(
        address=Address(
            step.run_id, step.name, step.next_attempt if is_on_its_way else step.attempts
        ),
        name=name,
        root=root,
        queued_at=step.queued_at,
        started_at=None if is_on_its_way else step.started_at,
        ended_at=None if is_on_its_way else step.finished_at,
        ended=_ENDED.get(step.status, ""),
        worker=step.worker,
        error=step.error,
    )
