"""Flower's options, found by Flower through FLOWER_CONF (see celery.py).

The command line wins over this file, as with ``--read_only=False``.
https://flower.readthedocs.io/en/latest/config.html
"""

from django.core.exceptions import ImproperlyConfigured

from django_celery import env


def _logins() -> list[str]:
    """``user:password``, or several separated by commas. Without one Flower does not start."""
    logins = env.items("FLOWER_BASIC_AUTH")
    if not logins or not all(_is_login(login) for login in logins):
        raise ImproperlyConfigured("Set FLOWER_BASIC_AUTH to user:password (see .env.example).")
    return logins


def _is_login(text: str) -> bool:
    user, _colon, password = text.partition(":")
    return bool(user and password)


try:
    basic_auth = _logins()
    port = env.integer("FLOWER_PORT", default=5555, minimum=1)
except ImproperlyConfigured as error:
    raise SystemExit(f"Flower does not start: {error}") from None

address = env.text("FLOWER_ADDRESS", default="127.0.0.1")

# Looking is for everybody with the login; running, revoking and stopping things is not.
read_only = True

# With persistence alone the state is saved at a clean exit only, and lost with a kill.
persistent = True
db = env.text("FLOWER_DB", default=str(env.BASE_DIR / "var" / "flower"))

# The whole state is written each time: with so many tasks that was seen to take a second, in which
# Flower does nothing else. An application is four of them.
max_tasks = 10_000
state_save_interval = 15_000  # milliseconds
