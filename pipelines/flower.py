"""Telling Flower what it cannot hear by itself: how an attempt ended whose worker died.

Flower knows what workers say in events. A worker that was killed says nothing, and its task
would be shown as STARTED for ever. https://docs.celeryq.dev/en/stable/userguide/monitoring.html
"""

import logging
from collections.abc import Collection

from celery import current_app
from kombu import Connection

from pipelines.broker import BrokerAway, connected
from pipelines.canvas import Address
from pipelines.models import Attempt, StepRun

logger = logging.getLogger(__name__)


def tell_ended(attempts: Collection[Attempt]) -> None:
    """Close these attempts in Flower: RETRY where the step goes on, FAILURE where it does not.

    Best effort: the ledger knows, whether or not anybody listens.
    """
    if not attempts:
        return
    try:
        with connected() as connection:
            for attempt in attempts:
                _tell_ended(connection, attempt)
    except BrokerAway as problem:
        logger.warning("Flower was not told of %d attempts: %s", len(attempts), problem)


def _tell_ended(connection: Connection, attempt: Attempt) -> None:
    step = attempt.step
    failed = step.status == StepRun.Status.FAILURE
    current_app.events.Dispatcher(connection, hostname=attempt.worker).send(
        "task-failed" if failed else "task-retried",
        uuid=str(Address(step.run_id, step.name, attempt.number)),
        exception=attempt.error,
        traceback="",
    )
