"""``manage.py restore``: a backup comes back in the place of the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from applications.backup import BackupFailed, BackupUnreadable
from applications.services import backups
from applications.storage import StorageRefused, StorageUnavailable

_TROUBLE = (BackupFailed, BackupUnreadable, StorageRefused, StorageUnavailable)


class Command(BaseCommand):
    help = "List the backups; with a name, restore that one. Stop every other process first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="A backup's name, or `latest`.")
        parser.add_argument(
            "--yes", action="store_true", help="The database as it is now may be lost."
        )

    def handle(self, *_args: Any, name: str | None, yes: bool, **_options: Any) -> None:
        try:
            names = backups.names()
            if name is None:
                self.stdout.write("\n".join(names) or "There is no backup.")
                return
            chosen = _chosen(name, names)
            if not yes:
                raise CommandError(f"{chosen} replaces the whole database: say so with --yes.")
            held = backups.restore(chosen, now=timezone.now())
        except _TROUBLE as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Restored: {chosen}. Runs held for a person to resume: {held}. "
            "Now run `manage.py reconcile`."
        )


def _chosen(name: str, names: list[str]) -> str:
    if name == "latest" and names:
        return names[0]
    if name not in names:
        raise CommandError(f"There is no backup {name!r}; there are: {', '.join(names) or 'none'}.")
    return name
