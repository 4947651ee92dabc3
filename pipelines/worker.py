"""What every worker does beside its tasks: it runs the sweep, and heeds revokes.

The sweep is a thread of the worker's main process and no message: whoever can do the work also
looks for it, behind no backlog, with Beat or the broker away or not.
"""

import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery.signals import task_failure, task_revoked, worker_ready, worker_shutting_down
from django.db import connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from pipelines import ledger
from pipelines.canvas import Address
from pipelines.sweep import sweep

INTERVAL = 1.0  # seconds

logger = logging.getLogger(__name__)

_stopping = threading.Event()

# A pool process must not be forked in the middle of a sweep: it would inherit its locks.
_sweeping = threading.Lock()
os.register_at_fork(
    before=_sweeping.acquire,
    after_in_parent=_sweeping.release,
    after_in_child=_sweeping.release,
)


@worker_ready.connect
def start_sweeping(**_: Any) -> None:
    _stopping.clear()
    threading.Thread(target=_sweep_for_ever, name="sweep", daemon=True).start()


@worker_shutting_down.connect
def stop_sweeping(**_: Any) -> None:
    _stopping.set()


def _sweep_for_ever() -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="sweep") as pool:
        while not _stopping.wait(INTERVAL):
            with _sweeping:
                error = pool.submit(_sweep_once).exception()
            # Whatever one sweep meets, the next one is due in a second.
            if error is not None:
                logger.error("A sweep failed: %s", type(error).__name__)


def _sweep_once() -> None:
    try:
        swept = sweep(now=timezone.now())
        if swept.crashed or swept.sent:
            logger.info("Sweep: %d crashed, %d sent again", swept.crashed, swept.sent)
    finally:
        # A connection must not be carried through a fork either.
        connections.close_all()


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
