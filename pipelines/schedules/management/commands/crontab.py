"""``manage.py crontab``: the schedules as the user's crontab, for those without Beat."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pipelines.schedules import crontabs


class Command(BaseCommand):
    help = "Show the schedules as lines of a crontab, install them for this user, remove them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=sorted(_VERBS), help="Other lines are left alone.")

    def handle(self, *_args: Any, verb: str, **_options: Any) -> None:
        try:
            self.stdout.write(_VERBS[verb]())
        except crontabs.CrontabUnavailable as error:
            raise CommandError(str(error)) from None


def _show() -> str:
    return "\n".join(_block())


def _install() -> str:
    lines = _block()
    crontabs.write(crontabs.with_block(crontabs.read(), lines))
    count = sum(not line.startswith(("#", "CRON_TZ=")) for line in lines)
    return f"Installed: {count} schedules. Change one in the back office and install again."


def _remove() -> str:
    crontabs.write(crontabs.without_block(crontabs.read()))
    return "Removed."


def _block() -> list[str]:
    manage = Path(sys.argv[0]).resolve()
    return crontabs.block([sys.executable, str(manage), "run_scheduled"])


_VERBS: dict[str, Callable[[], str]] = {"install": _install, "remove": _remove, "show": _show}
