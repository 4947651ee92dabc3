"""``show``: one run with every attempt of every step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pipelines import registry
from pipelines.management.verbs.finding import find_run
from pipelines.management.verbs.tables import table
from pipelines.models import Run
from pipelines.timeline import AttemptLine, StepLine, Timeline, clock, in_words, short, timeline

_HEAD = (
    *("STAGE", "STEP", "ATTEMPT", "OUTCOME", "QUEUED", "STARTED", "FINISHED"),
    *("WAITED", "WORKED", "WORKER", "ERROR"),
)


def add_to(verbs: Any) -> None:
    parser = verbs.add_parser("show", help="One run, step by step.")
    parser.add_argument("run", metavar="RUN_ID", help="Its id, or enough of its beginning.")
    parser.set_defaults(verb=show_run)


def show_run(options: dict[str, Any]) -> Iterator[str]:
    run = find_run(options["run"])
    line = timeline(run, now=timezone.now())
    yield from _facts(line)
    yield ""
    yield from table(_HEAD, list(_rows(line)))
    yield from _what_next(line)


def _facts(line: Timeline) -> Iterator[str]:
    run = line.run
    created = timezone.localtime(run.created_at)
    so_far = " so far" if line.is_moving else ""
    yield f"Run       {run.pk}"
    yield f"Pipeline  {run.pipeline}"
    yield f"Subject   {_subject(run)}"
    yield f"Status    {run.status}"
    yield f"Created   {created:%Y-%m-%d %H:%M:%S %Z}"
    yield f"Took      {in_words(line.took)}{so_far}"


def _subject(run: Run) -> str:
    try:
        model = registry.find_pipeline(run.pipeline).subject
    except registry.UnknownPipeline:
        return run.subject_id
    return f"{model.__name__} {run.subject_id}"


def _rows(line: Timeline) -> Iterator[tuple[str, ...]]:
    for number, stage in enumerate(line.stages, start=1):
        for step in stage:
            for attempt in step.attempts:
                yield (str(number), step.name, *_cells(attempt, line.run.created_at))
            if not step.attempts:
                yield (str(number), step.name, "", step.status, *[""] * 6, step.error)


def _cells(attempt: AttemptLine, beside: datetime) -> tuple[str, ...]:
    moments = (attempt.queued_at, attempt.started_at, attempt.ended_at)
    return (
        str(attempt.number),
        attempt.state,
        *(clock(moment, beside=beside) if moment else "" for moment in moments),
        _length(attempt.waited),
        _length(attempt.worked),
        attempt.worker,
        attempt.error,
    )


def _length(length: timedelta | None) -> str:
    return "" if length is None else in_words(length)


def _what_next(line: Timeline) -> Iterator[str]:
    hints = [hint for step in line.steps for hint in _hints(step, line.run.created_at)]
    if line.failed:
        names = ", ".join(step.name for step in line.failed)
        hints.append(f"To go on from {names}: manage.py pipelines resume {short(line.run)}")
    if hints:
        yield ""
        yield from hints


def _hints(step: StepLine, beside: datetime) -> Iterator[str]:
    if step.next_try_at:
        sooner = ", or when the outage ends" if step.is_outage else ""
        yield f"{step.name} is tried again at {clock(step.next_try_at, beside=beside)}{sooner}."
    if step.is_unsent:
        yield f"It is the turn of {step.name}; the next sweep sends it."
    if not step.is_known:
        yield f"{step.name} is not in this release."
