"""``list``: the newest runs."""

from argparse import ArgumentTypeError
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pipelines.management.verbs.tables import table
from pipelines.models import Run, StepRun
from pipelines.timeline import in_words, short

_HEAD = ("RUN", "PIPELINE", "STATUS", "CREATED", "TOOK", "STOPPED AT")


def add_to(verbs: Any) -> None:
    parser = verbs.add_parser("list", help="The newest runs.")
    parser.add_argument("--status", choices=Run.Status.values, help="Only those.")
    parser.add_argument("--pipeline", metavar="NAME", help="Only those of this pipeline.")
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="Default: 20.")
    parser.set_defaults(verb=list_runs)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError("a whole number, 1 or more")
    return int(text)


def list_runs(options: dict[str, Any]) -> Iterator[str]:
    runs = _matching(options["status"], options["pipeline"])
    shown = runs.prefetch_related("steps")[: options["limit"]]
    rows = [_row(run) for run in shown]
    count = runs.count()
    if not count:
        yield "There are no such runs." if Run.objects.exists() else "There are no runs."
        return
    yield from table(_HEAD, rows)
    if count > len(rows):
        yield f"The newest {len(rows)} of {count}."


def _matching(status: str | None, pipeline: str | None) -> QuerySet[Run]:
    runs = Run.objects.all()
    if status:
        runs = runs.filter(status=status)
    if pipeline:
        runs = runs.filter(pipeline=pipeline)
    return runs


def _row(run: Run) -> tuple[str, ...]:
    length = in_words((run.finished_at or timezone.now()) - run.created_at)
    failed = (step for step in run.steps.all() if step.status == StepRun.Status.FAILURE)
    return (
        short(run),
        run.pipeline,
        run.status,
        f"{timezone.localtime(run.created_at):%Y-%m-%d %H:%M:%S}",
        length if run.finished_at else f"{length} so far",
        " / ".join(f"{step.name}: {step.error}" for step in failed),
    )
