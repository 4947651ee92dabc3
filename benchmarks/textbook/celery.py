"""A Celery app as tutorials make it. See https://docs.celeryq.dev/en/stable/django/."""

import os

from celery import Celery

app = Celery(
    "textbook",
    broker=os.environ["REDIS_URL"],
    include=["benchmarks.textbook.tasks"],
    # The benchmarks' own process has the product's app, which stays the one that counts.
    set_as_current=False,
)
