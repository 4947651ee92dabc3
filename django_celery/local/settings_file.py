"""The ``.env`` of a checkout: written once, with secrets of its own, and then left alone."""

import os
import re
import secrets
from pathlib import Path
from types import MappingProxyType

from dotenv import dotenv_values


def generated_secrets() -> dict[str, str]:
    """A new value for every variable that is secret on this machine."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "AWS_ACCESS_KEY_ID": f"LOCAL{secrets.token_hex(8).upper()}",
        "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(30),
        "FLOWER_BASIC_AUTH": f"flower:{secrets.token_urlsafe(12)}",
        "POSTGRES_PASSWORD": secrets.token_hex(16),
    }


# Where `make run` has its parts if it can, so that commands typed by hand meet them.
_LOCAL_PARTS = MappingProxyType(
    {"AWS_S3_ENDPOINT_URL": "http://127.0.0.1:8333", "EMAIL_PORT": "1025"}
)


def write_if_missing(file: Path, *, example: Path) -> bool:
    """Make ``file`` from the example with generated secrets; whether it was made.

    Only its owner may read it.
    """
    if file.exists():
        return False
    text = example.read_text("utf-8")
    for name, value in {**generated_secrets(), **_LOCAL_PARTS}.items():
        text = _with_value(text, name, value)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
    return True


def in_force(file: Path) -> dict[str, str]:
    """The file's variables, each with the real environment's value where that has one.

    AWS_ variables are the file's alone: those of a shell belong to somebody's account elsewhere.
    """
    written = {name: value for name, value in dotenv_values(file).items() if value}
    return {
        name: value if name.startswith("AWS_") else os.environ.get(name) or value
        for name, value in written.items()
    }


def _with_value(text: str, name: str, value: str) -> str:
    """The text with the variable set, in its line, commented out or not, or in one more."""
    line = f"{name}={value}"
    pattern = re.compile(rf"^#? ?{name}=.*$", re.MULTILINE)
    text, count = pattern.subn(lambda _match: line, text, count=1)
    return text if count else f"{text.rstrip()}\n{line}\n"
