"""What is logged, and what may stand in a log line."""

import logging
import re
from typing import Any

# Nothing personal is logged: run ids, step names, error classes.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
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

_TOKEN = re.compile(r"(/(?:applications|reminders)/)[\w-]{20,}")


class WithoutTokens(logging.Filter):
    """Takes the secret out of the address of a visitor's own page, wherever it is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _TOKEN.sub(r"\1***", record.getMessage())
        record.args = ()
        return True
