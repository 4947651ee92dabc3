"""What Flower shows and the ledger denies.

An event can get lost on its way: its worker died before it was said, the broker went away with it,
Flower's connection was cut. Then a task is shown at work for ever that ended long ago, or a step
that went on is shown as failed. Or the event errs: Celery calls a task revoked that it was told to
terminate after the step's success and before it heard of it.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from pipelines.canvas import Address
from pipelines.flower.asking import Flower
from pipelines.flower.history import Event, events_of, revoked
from pipelines.flower.telling import tell
from pipelines.models import Run

_FAILED, _REVOKED = "FAILURE", "REVOKED"
_DOUBTED = ("PENDING", "RECEIVED", "STARTED", _FAILED, _REVOKED)

# As what Flower shows a task after its last event, if that was its end.
_SHOWN_AS = {
    "task-succeeded": "SUCCESS",
    "task-failed": _FAILED,
    "task-retried": "RETRY",
    "task-revoked": _REVOKED,
}
# What a failure can become there: Celery holds that nothing else can follow one.
_AFTER_FAILURE = {"SUCCESS", "RETRY"}

# Of each state, those that Flower heard of last. Behind a long backlog more wait, and rightly so.
_AT_MOST = 500
# What its worker may still be about to say.
_GRACE = timedelta(seconds=10)


def correct(flower: Flower, *, now: datetime) -> int:
    """Tell Flower how those tasks ended that it wrongly shows as unfinished, failed or revoked.

    What ended within the last ten seconds is left to its worker. Returns how many tasks it was.
    Safe to call at any time, and in many processes at once. Raises FlowerAway, BrokerAway.
    """
    shown = _ours(flower.shows(_DOUBTED, at_most=_AT_MOST))
    runs = _runs(address.run_id for address in shown)
    last = _last_words(runs.values())
    wrong = [
        event
        for address, state in shown.items()
        if (event := last.get(address) or _never_made(address, runs, before=now - _GRACE))
        and event.at <= now - _GRACE
        and _denies(event, state)
    ]
    return tell(wrong) if wrong else 0


def _ours(shown: dict[str, str]) -> dict[Address, str]:
    """By the attempt that each task is, without tasks that the canvas did not make."""
    found = {}
    for task_id, state in shown.items():
        with suppress(ValueError):
            found[Address.parse(task_id)] = state
    return found


def _runs(ids: Iterable[UUID]) -> dict[UUID, Run]:
    runs = Run.objects.filter(pk__in=set(ids)).prefetch_related("steps__past_attempts")
    return {run.pk: run for run in runs}


def _last_words(runs: Iterable[Run]) -> dict[Address, Event]:
    """What was said last of each attempt of these runs."""
    events = chain.from_iterable(map(events_of, runs))
    return {Address.parse(event.fields["uuid"]): event for event in events}


def _never_made(address: Address, runs: dict[UUID, Run], *, before: datetime) -> Event | None:
    """An attempt that nobody will make: its run is gone, or was cancelled."""
    run = runs.get(address.run_id)
    if run is None:
        return revoked(address, at=before)
    if run.status == Run.Status.CANCELLED and run.finished_at:
        return revoked(address, at=run.finished_at)
    return None


def _denies(event: Event, state: str) -> bool:
    """Whether the task ended, and otherwise than that. What goes on, Flower hears from a worker."""
    ended = _SHOWN_AS.get(event.kind, state)
    return ended != state and (state != _FAILED or ended in _AFTER_FAILURE)
