"""What a supervisor asks: whether the process is up, and whether the whole system can work.

Anybody may ask, so the answers name parts and never addresses, versions or errors.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection

from applications import storage
from django_celery.celery import app
from pipelines import measures

LIMIT = 1.0  # seconds for all parts together; they are asked at the same time
# A process that is asked for the first time makes its clients, which takes longer than asking.
FIRST_LIMIT = 4.0
_PING = 0.8  # seconds; a worker that is slower than this would miss the limit

logger = logging.getLogger(__name__)


class NobodyAnswered(Exception):
    """No worker took the call."""


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process is up. Touches nothing; not for asking whether applications get through."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """``ok`` or ``unavailable`` for each part; 200 if all are well, else 503.

    ``backlog_seconds`` is how long the oldest step that is ready has waited for a worker, null
    while the database is away; a long wait is no reason for 503. Applications are accepted for as
    long as the database is there, whatever else is away. How many runs there are, and which fail,
    is for ``/metrics``: not everybody may read that.
    """
    deadline = time.monotonic() + _limit()
    backlog = _backlog_thread.submit(_backlog_seconds)
    asked = {part: _threads[part].submit(check) for part, check in _CHECKS.items()}
    ready = {part: _is_ready(part, answer, deadline) for part, answer in asked.items()}
    parts = {part: "ok" if is_ready else "unavailable" for part, is_ready in ready.items()}
    seconds = backlog.result() if _is_ready("backlog", backlog, deadline) else None
    return JsonResponse(
        {**parts, "backlog_seconds": seconds}, status=200 if all(ready.values()) else 503
    )


def _limit() -> float:
    is_first = not _was_asked.is_set()
    _was_asked.set()
    return FIRST_LIMIT if is_first else LIMIT


def _is_ready(part: str, answer: Future[Any], deadline: float) -> bool:
    try:
        error = answer.exception(timeout=max(0.0, deadline - time.monotonic()))
    except TimeoutError as too_late:
        answer.cancel()
        error = too_late
    if error is not None:
        logger.warning("Not ready: %s (%s)", part, type(error).__name__)
    return error is None


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def _backlog_seconds() -> int:
    try:
        return int(measures.backlog_age(now=timezone.now()).total_seconds())
    finally:
        connection.close()


def _broker() -> None:
    with _broker_connection():
        pass


def _worker() -> None:
    with _broker_connection() as broker:
        if not app.control.ping(timeout=_PING, limit=1, connection=broker):
            raise NobodyAnswered


def _broker_connection() -> Connection:
    broker = app.connection_for_write(connect_timeout=LIMIT)
    return broker.ensure_connection(max_retries=0)


def _mail() -> None:
    # Without a user nobody logs in: a probe every few seconds is not to look like an attack.
    with EmailBackend(username="", password="", timeout=LIMIT) as backend:
        if backend.connection:
            backend.connection.ehlo_or_helo_if_needed()


_was_asked = threading.Event()
_CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "broker": _broker,
    "storage": storage.ping,
    "mail": _mail,
    "worker": _worker,
}
# One thread for each part, so that a part that hangs holds up neither the others nor more threads.
_threads = {part: ThreadPoolExecutor(1, thread_name_prefix=f"readyz-{part}") for part in _CHECKS}
_backlog_thread = ThreadPoolExecutor(1, thread_name_prefix="readyz-backlog")
