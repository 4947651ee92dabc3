"""Counting round trips to Redis, of whichever process, as the server itself does."""

import time
from collections.abc import Callable

from django.conf import settings
from redis import Redis


def to_redis(work: Callable[[], object], *, idle: float) -> float:
    """How often ``work`` makes the server read from a connection, whatever is sent at once.

    What all processes send while there is nothing to do is counted for ``idle`` seconds before,
    and taken off. https://redis.io/docs/latest/commands/info/ (total_reads_processed)
    """
    with Redis.from_url(settings.CELERY_BROKER_URL) as redis:
        resting, rest = _during(redis, lambda: time.sleep(idle))
        working, spell = _during(redis, work)
    return working - resting * spell / rest


def _during(redis: Redis, work: Callable[[], object]) -> tuple[int, float]:
    """What the server has read meanwhile, and for how long that was."""
    before, began = _reads(redis), time.monotonic()
    work()
    return _reads(redis) - before - 1, time.monotonic() - began


def _reads(redis: Redis) -> int:
    stats = redis.info("stats")
    return int(stats["total_reads_processed"])
