"""``manage.py ensure_bucket``: make the bucket if it is not there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from applications import storage


class Command(BaseCommand):
    help = "Makes the bucket for documents if it is not there. Running it twice changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            storage.ensure_bucket()
        except (storage.StorageUnavailable, storage.StorageRefused) as error:
            raise CommandError(str(error)) from None
        self.stdout.write("The bucket is there.")
