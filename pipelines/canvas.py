"""From the ledger to Celery's canvas: the only place where messages are made and sent."""

import logging
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any
from uuid import UUID

from celery import chain, signature
from celery.canvas import Signature
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from kombu.exceptions import OperationalError

from pipelines import ledger, registry
from pipelines.breaker import Breaker, CircuitOpen
from pipelines.definition import Pipeline
from pipelines.models import Run, StepRun

logger = logging.getLogger(__name__)

_breaker = Breaker(errors=(OperationalError,), rest=5)


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
    run = ledger.open_run(pipeline, subject, now=timezone.now())
    transaction.on_commit(lambda: send(run), robust=True)
    return run


def send(run: Run) -> bool:
    """Send whatever is left to do of a run. Sending it twice is harmless.

    False if there is nothing to send or if the broker did not take it; the ledger says which.
    """
    messages = canvas(run)
    try:
        with _breaker.guard():
            for message in messages:
                message.apply_async()
    except (OperationalError, CircuitOpen) as error:
        logger.warning("Run %s was not sent: %s", run.pk, type(error).__name__)
        ledger.unsent(run.pk, now=timezone.now())
        return False
    return bool(messages)


def canvas(run: Run) -> list[Signature[Any]]:
    """What is left of a run: a chain up to the next fork, or the branches of a fork one by one.

    Neither a group nor a chord is used, which would ask the result backend for every message:
    the ledger joins the branches, and whoever finishes a stage that ends a message sends the rest.
    """
    left = [step for step in run.steps.all() if step.status != StepRun.Status.SUCCESS]
    stages = [list(steps) for _stage, steps in groupby(left, key=lambda step: step.stage)]
    if not stages:
        return []
    sent = [step for step in stages[0] if step.status == StepRun.Status.SENT]
    if len(stages[0]) > 1 or not sent:
        return [_message(run, step) for step in sent]
    alone = takewhile(lambda steps: len(steps) == 1, stages)
    return [chain(*(_message(run, step) for (step,) in alone))]


def _message(run: Run, row: StepRun) -> Signature[Any]:
    """The message for the next attempt of a step. It carries the run's id and nothing else."""
    pipeline = registry.find_pipeline(run.pipeline)
    step = pipeline.find(row.name)
    options = {
        "task_id": str(Address(run.pk, row.name, row.next_attempt)),
        "queue": step.queue_of(is_again=row.attempts > 0) if step else None,
        # Else the publisher subscribes to the result backend first, and waits for it.
        "ignore_result": True,
    }
    name = pipeline.task_name(row.name)
    return signature(name, kwargs={"run": str(run.pk)}, options=options, immutable=True)
