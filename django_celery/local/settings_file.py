"""The ``.env`` of a checkout: written once, with secrets of its own, and then left alone."""

import os
import re
import secrets
from pathlib import Path

from dotenv import dotenv_values


def generated_secrets() -> dict[str, str]:
    """A new value for every variable that is secret on this machine."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "AWS_ACCESS_KEY_ID": f"LOCAL{secrets.token_hex(8).upper()}",
        "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(30),
        "FLOWER_BASIC_AUTH": f"flower:{secrets.token_urlsafe(12)}",
    }


def write_if_missing(file: Path, *, example: Path) -> bool:
    """Make ``file`` from the example with generated secrets; whether it was made.

    Only its owner may read it.
    """
    if file.exists():
        return False
    text = example.read_text()
    for name, value in generated_secrets().items():
        text = _with_value(text, name, value)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
    return True


def read(file: Path) -> dict[str, str]:
    """The variables of the file that have a value."""
    return {name: value for name, value in dotenv_values(file).items() if value}


def _with_value(text: str, name: str, value: str) -> str:
    line = f"{name}={value}"
    text, count = re.subn(
        rf"^#? ?{name}=.*$", lambda _match: line, text, count=1, flags=re.MULTILINE
    )
    return text if count else f"{text.rstrip()}\n{line}\n"
