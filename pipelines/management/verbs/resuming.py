"""``resume``: let failed runs go on from where they failed."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from pipelines.management.verbs.finding import find_run
from pipelines.models import Run
from pipelines.resuming import resume
from pipelines.timeline import short


def add_to(verbs: Any) -> None:
    parser = verbs.add_parser("resume", help="Let failed runs go on from where they failed.")
    parser.add_argument(
        "runs", nargs="*", metavar="RUN_ID", help="Their ids, or enough of their beginnings."
    )
    parser.add_argument("--all-failed", action="store_true", help="Every run that has failed.")
    parser.set_defaults(verb=resume_runs)


def resume_runs(options: dict[str, Any]) -> Iterator[str]:
    """Finds all runs before it resumes the first."""
    runs = _chosen(options["runs"], is_all=options["all_failed"])
    if not runs:
        yield "No run has failed."
    for run in runs:
        yield _resume(run)


def _chosen(ids: list[str], *, is_all: bool) -> list[Run]:
    if bool(ids) == is_all:
        raise CommandError("Give the ids of runs, or --all-failed.")
    if is_all:
        return list(Run.objects.filter(status=Run.Status.FAILED))
    return [find_run(one) for one in ids]


def _resume(run: Run) -> str:
    names = resume(run, now=timezone.now())
    if not names:
        return f"{short(run)}: nothing to resume, it is {run.status}."
    return f"{short(run)}: resumed at {', '.join(names)}."
