"""``manage.py pipelines ...``: the ledger for operators, as plain text."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pipelines.management.verbs import flowering, listing, resuming, showing, sweeping


class Command(BaseCommand):
    help = "Look at runs, resume failed ones, sweep, tell Flower."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(metavar="list|show|resume|sweep|flower", required=True)
        for verb in (listing, showing, resuming, sweeping, flowering):
            verb.add_to(verbs)

    def handle(self, *_args: Any, **options: Any) -> None:
        for line in options["verb"](options):
            self.stdout.write(line)
