"""Demo data, and the logins that came with it."""

import json
import os
import re

from django_celery.local.stack import Stack

_CREATED = re.compile(r"User (?P<name>\S+): created, with the password (?P<password>\S+)")


def seed(stack: Stack) -> None:
    """Seed the demo and keep the passwords that it made, for ``logins``."""
    output = stack.manage("seed_demo")
    created = {match["name"]: match["password"] for match in _CREATED.finditer(output)}
    _keep(stack, {**logins(stack), **created})


def logins(stack: Stack) -> dict[str, str]:
    """The staff's passwords by their names, as they were made; none before the demo is seeded.

    Whoever has changed a password knows it.
    """
    file = stack.folder / "staff.json"
    found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    return found


def _keep(stack: Stack, logins: dict[str, str]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(stack.folder / "staff.json", flags, 0o600), "w") as file:
        json.dump(logins, file)
