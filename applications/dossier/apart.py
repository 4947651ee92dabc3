"""Work that a hostile file could make endless, done in a child process with an end.

The child is forked, for what it needs takes most of a second to import, and limited: when it uses
more than its share of time or memory, the system ends it and nobody else notices.
"""

import logging
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn

_CPU = 20  # seconds
# For a machine that is busy with other things.
_PATIENCE = 60  # seconds
_MEMORY = 1024 * 1024 * 1024
_BLOCK = 1024 * 1024
_LENGTH = 8  # bytes


class Failed(Exception):
    """The child did not come to an end, or not to a good one."""


def apart(work: Callable[[], bytes]) -> bytes:
    """What ``work`` returns. Raises Failed if it raises anything or outgrows its limits.

    It must not touch the database or anything else that a parent and its child would share.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, writing)
    os.close(writing)
    try:
        return _received(reading)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work(work: Callable[[], bytes], writing: int) -> NoReturn:
    """In the child: the length of the result, and then the result."""
    try:
        # A thread that the child does not have may hold the log's lock.
        logging.disable()
        _limit(resource.RLIMIT_CPU, _CPU)
        _limit(resource.RLIMIT_DATA, _MEMORY)
        result = work()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(len(result).to_bytes(_LENGTH, "big") + result)
    finally:
        os._exit(0)


def _limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _received(reading: int) -> bytes:
    received = bytearray()
    give_up = time.monotonic() + _PATIENCE
    while block := _block(reading, give_up):
        received += block
    result = bytes(received[_LENGTH:])
    if not received or len(result) != int.from_bytes(received[:_LENGTH], "big"):
        raise Failed
    return result


def _block(reading: int, give_up: float) -> bytes:
    """What comes next; nothing at the end, or when the time is over."""
    left = max(0, give_up - time.monotonic())
    ready, _writable, _broken = select.select([reading], [], [], left)
    return os.read(reading, _BLOCK) if ready else b""
