"""Events for Flower, over a connection to the broker."""

import logging
from collections.abc import Collection, Iterable

from celery import current_app, current_task
from kombu import Connection

from pipelines.broker import BrokerAway, connected
from pipelines.canvas import Address
from pipelines.flower.history import Event, events_of
from pipelines.models import Attempt, Run

logger = logging.getLogger(__name__)


def tell_ended(attempts: Collection[Attempt]) -> None:
    """Close these attempts in Flower: RETRY where the step goes on, FAILURE where it does not.

    Best effort: the ledger knows, whether or not anybody listens.
    """
    if not attempts:
        return
    try:
        tell(_end_of(attempt) for attempt in attempts)
    except BrokerAway as problem:
        logger.warning("Flower was not told of %d attempts: %s", len(attempts), problem)


def retell(runs: Iterable[Run]) -> None:
    """``tell_history`` as best effort, for runs of which Flower may have heard something wrong."""
    doubtful = {run.pk for run in runs}
    if not doubtful:
        return
    try:
        tell_history(Run.objects.filter(pk__in=doubtful).prefetch_related("steps__past_attempts"))
    except BrokerAway as problem:
        logger.warning("Flower was not told of %d runs: %s", len(doubtful), problem)


def tell_history(runs: Iterable[Run]) -> int:
    """Say again all that was said of these runs; how many events that were.

    Telling what Flower knows already changes no task there. Raises BrokerAway.
    """
    return tell(event for run in runs for event in events_of(run))


def tell(events: Iterable[Event]) -> int:
    """Say these, in this order; how many there were.

    Raises BrokerAway, when some of them may have been said.
    """
    count = 0
    with connected() as connection:
        for event in events:
            _say(connection, event)
            count += 1
    return count


def _end_of(attempt: Attempt) -> Event:
    step = attempt.step
    return Event(
        "task-failed" if attempt.outcome == Attempt.Outcome.FAILURE else "task-retried",
        attempt.ended_at,
        attempt.worker,
        {
            "uuid": str(Address(step.run_id, step.name, attempt.number)),
            "exception": attempt.error,
            "traceback": "",
        },
    )


def _say(connection: Connection, event: Event) -> None:
    # Otherwise what the broker does not take would be kept for later, and nothing said of it.
    dispatcher = current_app.events.Dispatcher(
        connection, hostname=event.worker or _here(), buffer_while_offline=False
    )
    dispatcher.send(event.kind, timestamp=event.at.timestamp(), **event.fields)


def _here() -> str:
    """For what no worker did: a name that is none would stand among Flower's workers for ever."""
    hostname = current_task.request.hostname if current_task else None
    return hostname or "ledger"
