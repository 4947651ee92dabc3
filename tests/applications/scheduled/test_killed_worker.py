"""A worker killed in the middle of the morning's letters, and the one that comes after it.

Both are real processes that share a database file. Their broker lives in their own memory, so all
that the second one knows is what the first has written down.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from applications.models import Alert
from applications.scheduled import job_alerts
from pipelines.models import Run
from pipelines.schedules import opening
from tests.applications.scheduled.letters import receivers
from tests.django_celery.local.waiting import wait_for
from tests.factories import make_job
from tests.variables import ROOT

SUBSCRIBERS = sorted(f"subscriber-{number}@example.org" for number in range(6))
WORKER = (sys.executable, "-m", "celery", "-A", "django_celery", "worker", "-n", "alerts@%h")
SERVING = ("-Q", "deliver,housekeeping", "--pool", "threads", "--concurrency", "2")


class Stall(list):
    """Replies to a command, of which one does not come as long as ``over`` is not set."""

    def __init__(self, *, number):
        super().__init__()
        self._left = number
        self.begun, self.over = Event(), Event()

    def pop(self, _index):
        self._left -= 1
        if self._left == 0:
            self.begun.set()
            self.over.wait(60)
        return "250 OK"


@pytest.fixture
def morning(transactional_db):
    """Six subscribers, a new position, and a run whose message the broker did not take."""
    now = timezone.now()
    make_job(opens_at=now - timedelta(hours=1))
    for email in SUBSCRIBERS:
        Alert.objects.create(email=email, confirmed_at=now, news_since=now - timedelta(days=1))
    PeriodicTask.objects.update(enabled=False)
    opening.begin_by_hand(job_alerts, now=timezone.now())
    return Run.objects.get()


@pytest.fixture
def database(morning, tmp_path):
    """What is in the test's database, as a file."""
    path = tmp_path / "database.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


@contextmanager
def worker(database, smtp):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "CELERY_BROKER_URL": "memory://",
        "EMAIL_PORT": str(smtp.port),
    }
    process = subprocess.Popen(
        (*WORKER, *SERVING), cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def status_of(run, database):
    with closing(sqlite3.connect(database)) as reader:
        (status,) = reader.execute(
            "SELECT status FROM pipelines_run WHERE id = ?", (run.pk.hex,)
        ).fetchone()
    return status


def message_ids(smtp):
    read = (message_from_bytes(raw, policy=policy.default) for raw in smtp.accepted)
    return {message["Message-ID"] for message in read}


@pytest.mark.timeout(120)
def test_who_was_not_mailed_yet_is_mailed_by_the_next_one_and_nobody_twice(morning, database, smtp):
    fourth = smtp.replies["MAIL"] = Stall(number=4)
    with worker(database, smtp):
        assert fourth.begun.wait(60)
    fourth.over.set()
    assert receivers(smtp) == SUBSCRIBERS[:3]
    assert status_of(morning, database) == Run.Status.ACTIVE
    with worker(database, smtp):
        wait_for(lambda: status_of(morning, database) == Run.Status.DONE, limit=60)
    assert receivers(smtp) == SUBSCRIBERS
    assert len(message_ids(smtp)) == len(SUBSCRIBERS)
