"""From the ledger to Celery's canvas: the only place where messages are made and sent."""

import logging
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from celery import chain, current_app, group, signature
from celery.canvas import Signature
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from pipelines import ledger, registry
from pipelines.breaker import Breaker, CircuitOpen
from pipelines.definition import Pipeline
from pipelines.models import Run, StepRun

logger = logging.getLogger(__name__)

_breaker = Breaker(errors=(OperationalError,), rest=5)


class BrokerAway(Exception):
    """The broker cannot be asked."""


@dataclass(frozen=True, slots=True)
class Address:
    """Which attempt of which step a message is for. It is the message's task id."""

    run_id: UUID
    step: str
    attempt: int

    def __str__(self) -> str:
        return f"{self.run_id}.{self.step}.{self.attempt}"

    @classmethod
    def parse(cls, task_id: str) -> "Address":
        """Raises ValueError for an id that ``canvas`` did not make."""
        run_id, step, attempt = task_id.split(".")
        return cls(UUID(run_id), step, int(attempt))


def start(pipeline: Pipeline, subject: Model) -> Run:
    """Open the subject's run in the caller's transaction and send it once that has committed.

    A broker that is away costs the caller nothing: the sweep sends the run later.
    """
    run = ledger.open_run(pipeline, str(subject.pk), now=timezone.now())
    transaction.on_commit(lambda: send(run), robust=True)
    return run


def send(run: Run) -> bool:
    """Send whatever is left to do of a run. Sending it twice is harmless.

    False if there is nothing to send or if the broker did not take it; the ledger says which.
    """
    message = canvas(run)
    if message is None:
        return False
    try:
        with _breaker.guard():
            message.apply_async()
    except (OperationalError, CircuitOpen) as error:
        logger.warning("Run %s was not sent: %s", run.pk, type(error).__name__)
        ledger.unsent(run.pk, now=timezone.now())
        return False
    return True


def canvas(run: Run) -> Signature[Any] | None:
    """What is left of a run as a chain: the open stage, and what follows it up to the next fork.

    A fork ends the chain, so that no chord and no result backend is needed: the ledger joins the
    branches, and the last one to finish sends the rest.
    """
    left = [step for step in run.steps.all() if step.status != StepRun.Status.SUCCESS]
    stages = [list(steps) for _stage, steps in groupby(left, key=lambda step: step.stage)]
    if not stages:
        return None
    sent = [step for step in stages[0] if step.status == StepRun.Status.SENT]
    if not sent or len(stages[0]) > 1:
        return group(_message(run, step) for step in sent) if sent else None
    return chain(*_until_fork(run, stages))


def _until_fork(run: Run, stages: list[list[StepRun]]) -> list[Signature[Any]]:
    parts: list[Signature[Any]] = []
    for stage in stages:
        messages = [_message(run, step) for step in stage]
        if len(messages) > 1:
            return [*parts, group(messages)]
        parts.extend(messages)
    return parts


def _message(run: Run, row: StepRun) -> Signature[Any]:
    """The message for the next attempt of a step. It carries the run's id and nothing else."""
    pipeline = registry.find_pipeline(run.pipeline)
    step = pipeline.find(row.name)
    options = {
        "task_id": str(Address(run.pk, row.name, row.next_attempt)),
        "queue": step.queue if step else None,
    }
    name = pipeline.task_name(row.name)
    return signature(name, kwargs={"run": str(run.pk)}, options=options, immutable=True)


def queue_lengths() -> dict[str, int]:
    """How many messages the broker holds for each queue. Raises BrokerAway."""
    try:
        with current_app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
            return {name: _length(connection, name) for name in current_app.amqp.queues}
    except (OperationalError, *_recoverable()) as error:
        raise BrokerAway(type(error).__name__) from None


def _recoverable() -> tuple[type[Exception], ...]:
    connection = current_app.connection_for_read()
    return (*connection.connection_errors, *connection.channel_errors)


def _length(connection: Any, queue: str) -> int:
    # A channel of its own: AMQP closes the channel when the queue is not there yet.
    with connection.channel() as channel:
        try:
            return int(channel.queue_declare(queue, passive=True).message_count)
        except (ChannelError, *connection.channel_errors):
            return 0
