"""``manage.py run_scheduled NAME``: what a line of a crontab calls where there is no Beat."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pipelines.schedules.opening import begin, begin_by_hand
from pipelines.schedules.registry import UnknownSchedule, all_schedules, find_schedule


class Command(BaseCommand):
    help = "Begin a schedule that is due. Calling it too often does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="Its name, such as `crontab show` tells it.")
        parser.add_argument("--now", action="store_true", help="Begin it, due or not.")

    def handle(self, *_args: Any, name: str, now: bool, **_options: Any) -> None:
        try:
            schedule = find_schedule(name)
        except UnknownSchedule:
            names = ", ".join(each.name for each in all_schedules())
            raise CommandError(f"There is no schedule {name!r}; there are: {names}.") from None
        occasion = (begin_by_hand if now else begin)(schedule, now=timezone.now())
        if occasion is None:
            self.stdout.write(f"{name}: nothing to begin.")
        else:
            self.stdout.write(f"{name}: begun, due {occasion}.")
