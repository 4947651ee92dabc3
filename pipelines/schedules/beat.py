"""Beat's rows: when each schedule is due, for Beat to ring and for people to change.

https://django-celery-beat.readthedocs.io/en/latest/
"""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from pipelines.schedules import cron
from pipelines.schedules.cron import CronLine
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Timetable
from pipelines.schedules.registry import all_schedules

# The wire name of the task that Beat sends.
RING = "schedules.ring"

# A ring that nobody took for so long is dropped: the look each minute has done its work.
_RING_EXPIRES = 60


def install(*, now: datetime) -> None:
    """Give each schedule that is new its row. What a person changed or deleted stays so."""
    known = set(Timetable.objects.values_list("schedule", flat=True))
    for schedule in all_schedules():
        if schedule.name not in known:
            _install(schedule, now=now)


def install_after_migrating(**_: Any) -> None:
    """Receives post_migrate."""
    install(now=timezone.now())


def _install(schedule: Schedule, *, now: datetime) -> None:
    zone = timezone.get_default_timezone()
    line = cron.parse(schedule.cron, ZoneInfo(str(zone)))
    with transaction.atomic():
        PeriodicTask.objects.get_or_create(
            name=schedule.name,
            defaults={
                "task": RING,
                "kwargs": json.dumps({"schedule": schedule.name}),
                "crontab": row_for(line),
                "expire_seconds": _RING_EXPIRES,
            },
        )
        Timetable.objects.get_or_create(
            schedule=schedule.name, defaults={"line": str(line), "since": now}
        )


def row_for(line: CronLine) -> CrontabSchedule:
    """Beat's row for a line, which other schedules may share: never change it, take another."""
    minute, hour, day_of_month, month_of_year, day_of_week = line.text.split()
    row: CrontabSchedule
    row, _created = CrontabSchedule.objects.get_or_create(
        minute=minute,
        hour=hour,
        day_of_month=day_of_month,
        month_of_year=month_of_year,
        day_of_week=day_of_week,
        timezone=line.zone,
    )
    return row


def line_of(name: str) -> CronLine | None:
    """The line that is in force for a schedule; None if it is switched off or has no line."""
    row = PeriodicTask.objects.filter(name=name, enabled=True).select_related("crontab").first()
    return parse_row(row.crontab) if row and row.crontab else None


def parse_row(row: CrontabSchedule) -> CronLine | None:
    """Beat's row as a line; None for one that never falls due, which only a program can write."""
    fields = (row.minute, row.hour, row.day_of_month, row.month_of_year, row.day_of_week)
    try:
        return cron.parse(" ".join(field.replace(" ", "") for field in fields), row.timezone)
    except cron.BadLine:
        return None
