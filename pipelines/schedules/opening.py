"""Beginning what is due: one function for Beat's ring, cron's call and the look each minute.

Whoever calls it, and however often: a due time is opened once.
"""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pipelines import canvas
from pipelines.models import Run
from pipelines.registry import find_pipeline
from pipelines.schedules import beat, cron
from pipelines.schedules.cron import CronLine
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion, Timetable
from pipelines.schedules.registry import all_schedules

# How often a worker looks for what nobody rang for.
LOOK = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def begin(schedule: Schedule, *, now: datetime) -> Occasion | None:
    """Open the latest due time that is neither opened nor too late, and send its run.

    None if there is none, or if the occasion before is still at work: one at a time, and its due
    time waits. A broker that is away is no error: the sweep sends the run later.
    """
    line = beat.line_of(schedule.name)
    since = note(schedule, line, now=now)
    if line is None:
        return None
    due_at = cron.latest(line, after=max(since, now - schedule.catch_up), until=now)
    return None if due_at is None else _open(schedule, due_at, since)


def begin_by_hand(schedule: Schedule, *, now: datetime) -> Occasion | None:
    """Open an occasion of its own, now; None if one is at work already.

    What was due by now and is not opened goes with it: its work would be done twice.
    """
    note(schedule, beat.line_of(schedule.name), now=now)
    with transaction.atomic():
        timetable = _hold(schedule)
        if is_busy(schedule):
            return None
        _move_on(timetable, to=max(timetable.since, now))
        return _create(schedule, now, is_by_hand=True)


def is_busy(schedule: Schedule) -> bool:
    """Whether an occasion is at work, or waits for its next try."""
    return Run.objects.filter(pipeline=schedule.name, status=Run.Status.ACTIVE).exists()


def look() -> None:
    """Begin whatever is due and was not rung for."""
    for schedule in all_schedules():
        occasion = begin(schedule, now=timezone.now())
        if occasion is not None:
            logger.info("The look began %s, due at %s", schedule.name, occasion.due_at)


def note(schedule: Schedule, line: CronLine | None, *, now: datetime) -> datetime:
    """Since when the due times of this line are to be opened.

    A line that is seen for the first time was written after the last look. A clock that was ahead
    and is put right must not leave a schedule waiting until then.
    """
    text = str(line) if line else ""
    timetable, _created = Timetable.objects.get_or_create(
        schedule=schedule.name, defaults={"line": text, "since": now}
    )
    is_ahead = timetable.since > now + LOOK
    if timetable.line == text and not is_ahead:
        return timetable.since
    since = now - LOOK if is_ahead else max(timetable.since, now - LOOK)
    unchanged = Timetable.objects.filter(pk=timetable.pk, line=timetable.line)
    unchanged.filter(since=timetable.since).update(line=text, since=since)
    return since


def _open(schedule: Schedule, due_at: datetime, since: datetime) -> Occasion | None:
    with transaction.atomic():
        timetable = _hold(schedule)
        if timetable.since != since or is_busy(schedule):
            return None
        _move_on(timetable, to=due_at)
        return _create(schedule, due_at, is_by_hand=False)


def _hold(schedule: Schedule) -> Timetable:
    """Until the end of the transaction: whoever opens an occasion looks first, and alone."""
    return Timetable.objects.select_for_update().get(schedule=schedule.name)


def _move_on(timetable: Timetable, *, to: datetime) -> None:
    timetable.since = to
    timetable.save(update_fields=["since"])


def _create(schedule: Schedule, due_at: datetime, *, is_by_hand: bool) -> Occasion | None:
    try:
        with transaction.atomic():
            occasion = Occasion.objects.create(
                schedule=schedule.name, due_at=due_at, is_by_hand=is_by_hand
            )
            canvas.start(find_pipeline(schedule.name), occasion)
    except IntegrityError:
        # Another process has just opened it.
        return None
    return occasion
