"""A chain of as many tasks as the empty pipeline has steps, on the same queues: Celery alone."""

from typing import Any

from celery import chain, shared_task
from celery.canvas import Signature
from django.core.cache import cache

ENDED = "benchmarks.ended"


@shared_task(name="empty.nothing", ignore_result=True)
def nothing() -> None:
    """Nothing."""


@shared_task(name="empty.end", ignore_result=True)
def end() -> None:
    """Counted, so that somebody can see when all are through."""
    cache.incr(ENDED)


def links() -> Signature[Any]:
    """The chain."""
    deliver = [nothing.si().set(queue="deliver") for _task in range(2)]
    return chain(nothing.si().set(queue="render"), *deliver, end.si().set(queue="deliver"))
