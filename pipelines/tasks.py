"""The Celery tasks: one for each step of each pipeline."""

import logging
import math
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from celery.exceptions import Ignore, Retry
from django.utils import timezone

from pipelines import canvas, ledger
from pipelines.canvas import Address
from pipelines.definition import Pipeline, Step
from pipelines.execution import Failed, Outcome, Retrying, Succeeded, execute
from pipelines.models import Attempt, Run
from pipelines.registry import all_pipelines

logger = logging.getLogger(__name__)

# The pool kills what runs longer than its step may, once the last lease has ended.
_MERCY = 20  # seconds


AnyTask = Task[Any, Any]


class StepFailed(Exception):
    """A step failed; the text is safe to show. What Flower prints for a FAILURE."""


def bind_steps() -> None:
    """Give each step of each pipeline its task. For ``AppConfig.ready()`` only."""
    for pipeline in all_pipelines():
        bind(pipeline)


def bind(pipeline: Pipeline) -> None:
    """Give each step of one pipeline its task. For ``AppConfig.ready()`` only."""
    for step in pipeline.steps:
        _bind(pipeline, step)


def _bind(pipeline: Pipeline, step: Step) -> None:
    def run_step(self: AnyTask, /, *, run: str, **_: Any) -> None:
        _perform(self, run)

    shared_task(
        name=pipeline.task_name(step.name),
        bind=True,
        # A chain's order is the ledger's business; nobody reads a step's result.
        ignore_result=True,
        time_limit=math.ceil(step.timeout) + _MERCY,
        throws=(StepFailed,),
    )(run_step)


def _perform(task: AnyTask, run: str) -> None:
    request = task.request
    address = _address(task)
    try:
        outcome = execute(
            address.run_id, address.step, address.attempt, worker=request.hostname or ""
        )
    except ledger.Ended as ended:
        _repeat(ended)
    except ledger.Cancelled:
        # Flower has seen the message arrive: without this it would stay there as started.
        task.send_event("task-revoked", terminated=False, signum=None, expired=False)
        raise Ignore from None
    except (ledger.Dropped, ledger.LeaseLost) as void:
        logger.info("%s of run %s: message void (%s)", task.name, run, type(void).__name__)
        raise Ignore from None
    else:
        _report(outcome, address.run_id, has_chain=bool(request.chain))


def _address(task: AnyTask) -> Address:
    try:
        return Address.parse(task.request.id or "")
    except ValueError:
        logger.info("%s: a message that the canvas did not make is void", task.name)
        raise Ignore from None


def _report(outcome: Outcome, run_id: UUID, *, has_chain: bool) -> None:
    """Tell Celery, and so Flower, how the attempt ended."""
    match outcome:
        case Retrying(error, due_at):
            _raise_retry(error, due_at)
        case Failed(error):
            raise StepFailed(error)
        case Succeeded(opened_next=True) if not has_chain:
            canvas.send(Run.objects.get(pk=run_id))
        case _:
            pass


def _repeat(ended: ledger.Ended) -> None:
    """A finished attempt's message came again: say once more how it ended, and do nothing."""
    match ended.outcome:
        case Attempt.Outcome.FAILURE:
            raise StepFailed(ended.error)
        case Attempt.Outcome.RETRY | Attempt.Outcome.CRASH:
            _raise_retry(ended.error, timezone.now())
        case Attempt.Outcome.REVOKED:
            raise Ignore


def _raise_retry(error: str, due_at: datetime) -> None:
    # The sweep sends the next attempt when it is due, so nothing is published here.
    raise Retry(error, exc=StepFailed(error), when=due_at)
