"""``python manage.py seed_demo``: something to look at on a fresh installation."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from applications.demo import content
from applications.groups import hr_group
from applications.models import ConsentText, Job


class Command(BaseCommand):
    """Creates what is missing and leaves alone what is there: safe to run twice."""

    help = "Create a few open positions, a consent text and two staff users."

    def handle(self, *_args: Any, **_options: Any) -> None:
        _require_migrated_database()
        with transaction.atomic():
            self._create_positions(timezone.now())
            self._create_consent_text()
            self._create_administrator("admin")
            self._create_hr_person("hr")

    def _create_positions(self, now: datetime) -> None:
        new = sum(_is_created(position) for position in content.positions(now))
        self.stdout.write(f"Positions: {new} created." if new else "Positions: all there already.")

    def _create_consent_text(self) -> None:
        if ConsentText.objects.exists():
            self.stdout.write("Consent text: there already.")
            return
        content.consent_text().save()
        self.stdout.write("Consent text: created.")

    def _create_administrator(self, username: str) -> None:
        self._create_user(username, is_superuser=True)

    def _create_hr_person(self, username: str) -> None:
        user = self._create_user(username, is_superuser=False)
        if user is not None:
            user.groups.add(hr_group())

    def _create_user(self, username: str, *, is_superuser: bool) -> User | None:
        """The new user, whose password is printed this once; None when the name is taken."""
        if get_user_model().objects.filter(username=username).exists():
            self.stdout.write(f"User {username}: there already, with the password it had.")
            return None
        password = secrets.token_urlsafe(12)
        self.stdout.write(f"User {username}: created, with the password {password}")
        return get_user_model().objects.create_user(
            username, password=password, is_staff=True, is_superuser=is_superuser
        )


def _is_created(position: content.Position) -> bool:
    """Save a position with its questions, unless its slug is taken; whether it was saved."""
    if Job.objects.filter(slug=position.job.slug).exists():
        return False
    position.job.save()
    position.job.questions.set(position.questions, bulk=False)
    return True


def _require_migrated_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run first: python manage.py migrate")
