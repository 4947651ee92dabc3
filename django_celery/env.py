"""Strict, typed reading of the environment.

``.env`` beside manage.py fills in what the real environment does not set. A missing or
malformed variable stops the process at start-up with one sentence that names it.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent

load_dotenv(BASE_DIR / ".env", override=False)

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str | None = None) -> str:
    """The variable's text without surrounding space; an empty one counts as unset.

    Without a default the variable is required: ImproperlyConfigured is raised when it is unset.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set {name} in the environment or in .env (see .env.example).")
    return default


def boolean(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; anything else is refused."""
    value = text(name, default=str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, *, default: int, minimum: int = 0) -> int:
    """A whole number not below ``minimum``."""
    value = text(name, default=str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name} must be {minimum} or more, not {number}.")
    return number


def choice(name: str, *, default: str, among: tuple[str, ...]) -> str:
    """One of the words in ``among``."""
    value = text(name, default=default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def url(name: str, *, default: str | None, schemes: tuple[str, ...]) -> str:
    """A URL of one of these schemes; the default may be empty."""
    value = text(name, default=default)
    if value and urlsplit(value).scheme not in schemes:
        known = ", ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must begin with one of {known}.")
    return value


def items(name: str, *, default: str = "") -> list[str]:
    """A comma-separated list, empty items left out."""
    return [item.strip() for item in text(name, default=default).split(",") if item.strip()]


def drop_empty(prefix: str) -> None:
    """Unset those of these variables that are empty, for who reads them without ``text``."""
    for name in [name for name in os.environ if name.startswith(prefix)]:
        if not text(name, default=""):
            del os.environ[name]
