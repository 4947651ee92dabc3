"""The clock in tests: time stands still until it is moved, and the real Beat watches it.

What Beat sends is taken at once, and the steps that are sent then are run as workers run them.
"""

from contextlib import contextmanager
from unittest.mock import patch

import time_machine
from django.db.models import Q
from django.utils import timezone
from django_celery_beat import schedulers
from django_celery_beat.models import PeriodicTask

from django_celery.celery import app
from pipelines import ledger
from pipelines.execution import execute
from pipelines.models import StepRun
from pipelines.schedules import opening
from pipelines.schedules.beat import RING
from pipelines.schedules.models import Timetable
from pipelines.schedules.scheduler import Scheduler

_MOST_ROUNDS = 50


class Beat(Scheduler):
    """The real one, but that its messages need no broker."""

    producer = None

    def __init__(self):
        super().__init__(app=app)
        # It would write to the database when the tests are over.
        self._finalize.cancel()

    def apply_async(self, entry, **_):
        if entry.task == RING:
            self.app.tasks[RING].run(**entry.kwargs)

    def ring(self):
        """Send everything that is due, as the loop of ``celery beat`` does."""
        while self.tick() == 0:
            pass


class Clock:
    """Time, ``beats`` Beats and a worker. The schedules were installed when it began."""

    def __init__(self, traveller, *, beats):
        self._traveller = traveller
        Timetable.objects.update(since=timezone.now())
        PeriodicTask.objects.update(date_changed=timezone.now(), last_run_at=None)
        self._beats = [Beat() for _number in range(beats)]

    def move_to(self, moment):
        """Nothing happens on the way; at ``moment`` each Beat rings, and what it began is done."""
        self.sleep_to(moment)
        for beat in self._beats:
            beat.ring()
        work()

    def look(self):
        """What every worker does each minute, and at its start."""
        opening.look()
        work()

    def sleep_to(self, moment):
        """Everything is down until then."""
        self._traveller.move_to(moment)


def work():
    """Run every step that is sent or due, until none is."""
    for _round in range(_MOST_ROUNDS):
        steps = list(StepRun.objects.filter(_on_the_way()))
        if not steps:
            return
        for step in steps:
            ledger.ring(step, now=timezone.now())
            execute(step.run_id, step.name, step.next_attempt, worker="worker@test")
    raise AssertionError("There is no end to the steps.")


def _on_the_way():
    waiting = (StepRun.Status.PENDING, StepRun.Status.RETRY)
    is_due = Q(status__in=waiting, due_at__lte=timezone.now())
    return Q(status=StepRun.Status.SENT) | is_due


@contextmanager
def started_at(moment, *, beats=1):
    """A Clock that begins at ``moment`` (aware)."""
    # Beat would close the connection that holds the test's own transaction.
    keeping_connections = patch.object(schedulers, "close_old_connections", lambda: None)
    with keeping_connections, time_machine.travel(moment, tick=False) as traveller:
        yield Clock(traveller, beats=beats)
