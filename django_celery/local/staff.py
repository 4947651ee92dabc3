"""Demo data, and the logins that came with it."""

import json
import os
import re

from django_celery.local.stack import Stack

_CREATED = re.compile(r"User (?P<name>\S+): created, with the password (?P<password>\S+)")


def seeded_logins(stack: Stack) -> dict[str, str]:
    """Seed the demo once for each database; the staff's passwords by their names.

    They are kept in ``staff.json`` for the next run, as they were generated: whoever changes a
    password knows it.
    """
    output = stack.manage("seed_demo")
    created = {match["name"]: match["password"] for match in _CREATED.finditer(output)}
    logins = {**_kept(stack), **created}
    _keep(stack, logins)
    return logins


def _kept(stack: Stack) -> dict[str, str]:
    file = stack.folder / "staff.json"
    found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    return found


def _keep(stack: Stack, logins: dict[str, str]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(stack.folder / "staff.json", flags, 0o600), "w") as file:
        json.dump(logins, file)
