"""``python manage.py reconcile``: compare everything with everything, repair, report."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from applications.services.reconciliation import (
    Compared,
    Problem,
    count,
    repair,
    survey,
)
from applications.storage import StorageRefused, StorageUnavailable

_COMPARED = ("applications", "documents", "letters")


class Command(BaseCommand):
    help = "Compare applications, runs, objects and letters; repair what can be repaired."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Show, and change nothing.")
        parser.add_argument(
            "--after", type=UUID, metavar="ID", help="Go on behind this application."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        is_dry = options["dry_run"]
        counts: Counter[str] = Counter()
        last = options["after"]
        try:
            for event in survey(look_closely=_every_one, after=last):
                count(counts, event)
                if isinstance(event, Compared):
                    last = event.last
                else:
                    if not is_dry:
                        repair(event, now=timezone.now())
                    outcome = _outcome(event.problem, is_dry=is_dry)
                    self.stdout.write(f"{event.subject}  {event}: {outcome}")
        except (StorageUnavailable, StorageRefused) as error:
            raise CommandError(_broken_off(str(error), last)) from None
        for line in _summary(counts, is_dry=is_dry):
            self.stdout.write(line)
        if troubles := sum(counts[_key(problem)] for problem in Problem if problem.needs_person):
            raise CommandError(f"Need a person: {troubles}.")


def _every_one(_application: UUID) -> bool:
    return True


def _outcome(problem: Problem, *, is_dry: bool) -> str:
    if problem.needs_person:
        return "needs a person"
    return f"would be {problem.remedy}" if is_dry else problem.remedy


def _summary(counts: Counter[str], *, is_dry: bool) -> Iterator[str]:
    yield "Compared: " + ", ".join(f"{counts[name]} {name}" for name in _COMPARED) + "."
    found = [problem for problem in Problem if counts[_key(problem)]]
    width = max((len(problem.words) for problem in found), default=0)
    for problem in found:
        outcome = ": ".join(filter(None, (_outcome(problem, is_dry=is_dry), problem.deed)))
        yield f"{counts[_key(problem)]:>6}  {problem.words:{width}}  {outcome}"
    if not found:
        yield "All is well."
    elif is_dry:
        yield "Nothing was changed."
    elif not any(problem.needs_person for problem in found):
        yield "All of it is put right, or on its way."


def _key(problem: Problem) -> str:
    return problem.name.lower()


def _broken_off(reason: str, last: UUID | None) -> str:
    hint = f" What was compared stays so: go on with --after {last}." if last else ""
    return f"{reason}{hint}"
