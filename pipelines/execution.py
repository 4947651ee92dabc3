"""One attempt of one step: claim it, call it, record how it ended. No Celery in here."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils import timezone

from pipelines import ledger
from pipelines.definition import Outage, Pipeline, Retry, Step, StepError
from pipelines.heartbeat import heart
from pipelines.ledger import Claim
from pipelines.patience import DATABASE_AWAY, patiently
from pipelines.registry import find_pipeline

T = TypeVar("T")

# A database that went away under a step is nobody's bug: any step is tried again after these.
_DATABASE_WAITS = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0)
_DATABASE_LASTING = timedelta(hours=72)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The step is done; ``opened_next`` if that opened the next stage."""

    opened_next: bool


@dataclass(frozen=True, slots=True)
class Retrying:
    """The step failed and will be tried again at ``due_at``."""

    error: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """The step failed for good."""

    error: str


Outcome = Succeeded | Retrying | Failed


class SubjectGone(StepError):
    """What the run was about is no longer in the database."""


def execute(run_id: UUID, step_name: str, attempt: int, *, worker: str) -> Outcome:
    """Run the attempt and record its end. Raises what ``ledger.claim`` raises, and LeaseLost."""
    claim = ledger.claim(run_id, step_name, attempt, worker=worker, now=timezone.now())
    pipeline = find_pipeline(claim.pipeline)
    step = pipeline.find(step_name)
    if step is None:
        return _record_failure(claim, "This release has no such step.")
    try:
        with heart.beating(claim, timeout=step.timeout):
            step(_subject(pipeline, claim))
    except Exception as error:  # noqa: BLE001 (the one place that answers for every step's errors)
        _log(claim, error)
        return _record_trouble(claim, step, error)
    return Succeeded(_patiently(lambda: ledger.succeed(claim, now=timezone.now())))


def _subject(pipeline: Pipeline, claim: Claim) -> Model:
    subjects = pipeline.subject._base_manager.prefetch_related(*pipeline.prefetch_related)  # noqa: SLF001 (documented)
    if pipeline.select_related:
        subjects = subjects.select_related(*pipeline.select_related)
    try:
        return subjects.get(pk=claim.subject_id)
    except ObjectDoesNotExist:
        raise SubjectGone("What this run was about is no longer there.") from None


def _record_trouble(claim: Claim, step: Step, error: Exception) -> Outcome:
    now = timezone.now()
    text = describe(error)
    due_at = _next_try(claim, step.retry, error, now)
    if due_at is None:
        return _record_failure(claim, text)
    outage = type(error).__name__ if isinstance(error, Outage) else ""
    _patiently(lambda: ledger.retry(claim, text, due_at=due_at, now=now, outage=outage))
    return Retrying(text, due_at)


def _record_failure(claim: Claim, text: str) -> Failed:
    _patiently(lambda: ledger.fail(claim, text, now=timezone.now()))
    return Failed(text)


def _next_try(claim: Claim, retry: Retry, error: Exception, now: datetime) -> datetime | None:
    if isinstance(error, DATABASE_AWAY):
        retry = Retry(waits=_DATABASE_WAITS, lasting=_DATABASE_LASTING)
    elif not isinstance(error, retry.on):
        return None
    return retry.next_try(tries=claim.tries + 1, opened_at=claim.opened_at, now=now)


def _patiently(record: Callable[[], T]) -> T:
    """For as long as the lease can last."""
    return patiently(record, lasting=ledger.LEASE)


def describe(error: Exception) -> str:
    """One sentence for operators: a StepError's own, else only where the error came from.

    The text of any other exception may hold what an applicant wrote, so it stays here.
    """
    if isinstance(error, StepError):
        return str(error)[:300]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _log(claim: Claim, error: Exception) -> None:
    """The cause and where it came from, without any value that passed through."""
    frames = "".join(
        f"\n  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    logger.warning(
        "%s.%s of run %s, attempt %d: %s%s",
        claim.pipeline,
        claim.step,
        claim.run_id,
        claim.attempt,
        describe(error),
        "" if isinstance(error, StepError) else frames,
    )
