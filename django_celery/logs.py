"""What is logged, and what may stand in a log line."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

# Nothing personal is logged: run ids, step names, error classes.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "django_celery.logs.WithoutValues",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "filters": {"without_tokens": {"()": "django_celery.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Without the handler that would mail a failed request, form and all, to ADMINS.
        # https://docs.djangoproject.com/en/5.2/ref/logging/#default-logging-configuration
        "django": {"level": "INFO", "handlers": []},
        # They tell of every stage of every page.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}

_TOKEN = re.compile(r"(/(?:applications|reminders|alerts)/)[\w-]{20,}")


class WithoutTokens(logging.Filter):
    """Takes the secret out of the address of a visitor's own page, wherever it is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _TOKEN.sub(r"\1***", record.getMessage())
        record.args = ()
        return True


class WithoutValues(logging.Formatter):
    """Says of an error its class and where it came from: its text may quote what a visitor wrote.

    PostgreSQL's, for one, quotes the row that it refuses.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's name)
        """The errors that led to it first, as Python's own tracebacks have them."""
        _class, error, _traceback = ei
        return "\n".join(line for each in _chain(error) for line in _lines(each))


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ if error.__suppress_context__ else error.__context__
    return found


def _lines(error: BaseException) -> Iterator[str]:
    yield type(error).__qualname__
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
