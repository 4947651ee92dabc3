"""What every worker does beside its tasks: it runs the sweep, and heeds revokes.

The sweep is a thread of the worker's main process and no message: whoever can do the work also
looks for it, behind no backlog, with Beat or the broker away or not.
"""

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

from celery.signals import (
    celeryd_after_setup,
    task_failure,
    task_prerun,
    task_revoked,
    worker_ready,
    worker_shutting_down,
)
from django.db import close_old_connections, connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from pipelines import ledger
from pipelines.canvas import Address
from pipelines.definition import again
from pipelines.sweep import sweep
from pipelines.watch import Watch

INTERVAL = 1.0  # seconds

Work = Callable[[], None]

logger = logging.getLogger(__name__)

# What is looked after beside the sweep, and after how many intervals each time.
_looked_after: list[tuple[Work, int]] = []

_stopping = threading.Event()
_sweeping = threading.Lock()
# All sweeps of a process run in one thread, and so on one connection to the database.
_sweeper = ThreadPoolExecutor(1, thread_name_prefix="sweep")
_has_swept = threading.Event()
_watch = Watch()


@celeryd_after_setup.connect
def serve_later_attempts(instance: Any, **_: Any) -> None:
    """A worker that serves a queue (``-Q``) serves the one beside it too."""
    queues = instance.app.amqp.queues
    for twin in [again(name) for name in queues.consume_from if again(name) in queues]:
        queues.select_add(queues[twin])


@task_prerun.connect
def look_at_connections(**_: Any) -> None:
    """What Django does before each request: close a connection that is too old, or broken."""
    close_old_connections()


def look_after(work: Work, *, every: timedelta) -> None:
    """Have ``work`` done in every worker, when it starts and ``every`` so often, for ever.

    It must be short, and harmless in many processes at once. For ``AppConfig.ready()`` only.
    """
    _looked_after.append((work, round(every.total_seconds() / INTERVAL)))


@worker_ready.connect
def start_sweeping(**_: Any) -> None:
    _stopping.clear()
    threading.Thread(target=_sweep_for_ever, name="sweep", daemon=True).start()


@worker_shutting_down.connect
def stop_sweeping(**_: Any) -> None:
    _stopping.set()


def _sweep_for_ever() -> None:
    for interval in count():
        if _stopping.wait(INTERVAL):
            return
        for work in (_sweep_once, *(work for work, n in _looked_after if interval % n == 0)):
            _do(work)


def _do(work: Work) -> None:
    with _sweeping:
        _has_swept.set()
        error = _sweeper.submit(_on_a_sound_connection, work).exception()
    # Whatever it meets, its next time comes soon.
    if error is not None:
        logger.error("%s failed: %s", work.__name__, type(error).__name__)


def _on_a_sound_connection(work: Work) -> None:
    close_old_connections()
    work()


def _sweep_once() -> None:
    swept = sweep(now=timezone.now(), watch=_watch)
    if swept.crashed or swept.sent:
        logger.info("Sweep: %d crashed, %d sent again", swept.crashed, swept.sent)


def _pause_for_fork() -> None:
    """Let a pool process inherit neither a sweep's locks nor its connection, which it would end."""
    _sweeping.acquire()
    if _has_swept.is_set():
        _sweeper.submit(connections.close_all).result()


def _go_on_in_child() -> None:
    _has_swept.clear()
    _sweeping.release()


os.register_at_fork(
    before=_pause_for_fork,
    after_in_parent=_sweeping.release,
    after_in_child=_go_on_in_child,
)


@task_revoked.connect
def count_revoked_attempt(request: Any, *, terminated: bool, **_: Any) -> None:
    """A revoked message is void, its step is not: free the step for its next attempt.

    A terminated attempt may have done something already: its lease runs out as after a crash.
    """
    address = _address(request.id)
    if address is None or terminated:
        return
    try:
        ledger.discarded(address.run_id, address.step, address.attempt, now=timezone.now())
    finally:
        # In the main process: the next pool process must not inherit the connection.
        connections.close_all()


@task_failure.connect
def take_back_unsent(task_id: str, exception: BaseException, **_: Any) -> None:
    """The step succeeded, but the broker did not take the next message of its chain."""
    address = _address(task_id)
    if address is not None and isinstance(exception, OperationalError):
        ledger.unsent(address.run_id, now=timezone.now())


def _address(task_id: str) -> Address | None:
    try:
        return Address.parse(task_id)
    except ValueError:
        return None
