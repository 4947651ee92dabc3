"""Telling Flower what it cannot hear by itself: how an attempt ended whose worker died.

Flower knows what workers say in events. A worker that was killed says nothing, and its task
would be shown as STARTED for ever. https://docs.celeryq.dev/en/stable/userguide/monitoring.html
"""

import logging
from collections.abc import Iterable

from celery import current_app

from pipelines.broker import BrokerAway, connected
from pipelines.canvas import Address
from pipelines.models import Attempt, StepRun

logger = logging.getLogger(__name__)


def tell_ended(attempts: Iterable[Attempt]) -> None:
    """Close these attempts in Flower: RETRY where the step goes on, FAILURE where it does not.

    Best effort: the ledger knows, whether or not anybody listens.
    """
    for attempt in attempts:
        step = attempt.step
        failed = step.status == StepRun.Status.FAILURE
        address = Address(step.run_id, step.name, attempt.number)
        _emit("task-failed" if failed else "task-retried", address, attempt.worker, attempt.error)


def _emit(kind: str, address: Address, worker: str, error: str) -> None:
    try:
        with connected() as connection:
            dispatcher = current_app.events.Dispatcher(connection, hostname=worker)
            dispatcher.send(kind, uuid=str(address), exception=error, traceback="")
    except BrokerAway as problem:
        logger.warning("Flower was not told of %s: %s", address, problem)
