"""Cron lines: when they fall due, right across daylight-saving changes. No Celery messages.

Celery's own ``crontab`` expands the fields; its arithmetic is not used, which skips hours or
runs twice when the clocks change (celery#6438, celery#10107). Here it is like this:

- A wall time that the clocks skip counts as soon as they have skipped it.
- A wall time that comes twice counts the first time.
- A line for every hour follows the hours that there are: none less, none twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from celery.schedules import ParseException, crontab
from cron_descriptor import ExpressionDescriptor, Options
from django.utils.translation import gettext as _

_DAY = timedelta(days=1)
# 29 February on a given weekday comes again after 40 years at the latest.
_HORIZON = 41 * 366

_FIELDS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")


class BadLine(ValueError):
    """The line is not one, or never falls due; the text tells people why."""


@dataclass(frozen=True, slots=True)
class CronLine:
    """A cron line in a time zone, such as ``0 8 * * mon-fri``; ``parse`` makes it.

    Where both the day of the month and the weekday are given, both must fit, as Celery has it.
    """

    text: str
    zone: ZoneInfo
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    def __str__(self) -> str:
        return f"{self.text} {self.zone}"

    @property
    def is_hourly(self) -> bool:
        return len(self.hours) == 24  # noqa: PLR2004 (hours of a day)

    def in_words(self) -> str:
        """For people: ``At 08:00, Monday through Friday``."""
        options = Options()
        options.use_24hour_time_format = True
        return str(ExpressionDescriptor(self.text, options))


def parse(text: str, zone: ZoneInfo) -> CronLine:
    """Raises BadLine."""
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise BadLine(
            _("Five fields are needed: minute, hour, day of the month, month, day of the week.")
        )
    try:
        expanded: Any = crontab(**dict(zip(_FIELDS, fields, strict=True)))
    except (ValueError, ParseException) as error:
        raise BadLine(_("This line never falls due: %s") % error) from None
    return CronLine(
        text=" ".join(fields),
        zone=zone,
        minutes=frozenset(expanded.minute),
        hours=frozenset(expanded.hour),
        days=frozenset(expanded.day_of_month),
        months=frozenset(expanded.month_of_year),
        weekdays=frozenset(expanded.day_of_week),
    )


def latest(line: CronLine, *, after: datetime, until: datetime) -> datetime | None:
    """The last due time (in UTC) later than ``after`` and not later than ``until``."""
    day = until.astimezone(line.zone).date()
    first = after.astimezone(line.zone).date()
    while day >= first:
        due = [moment for moment in _on(line, day) if after < moment <= until]
        if due:
            return due[-1]
        day -= _DAY
    return None


def following(line: CronLine, *, after: datetime) -> Iterator[datetime]:
    """The due times later than ``after``, in UTC, one after another."""
    first = after.astimezone(line.zone).date()
    for number in range(_HORIZON):
        yield from (m for m in _on(line, first + number * _DAY) if m > after)


def upcoming(line: CronLine, *, after: datetime) -> datetime | None:
    """The next due time later than ``after``, in UTC; None if it never comes."""
    return next(following(line, after=after), None)


@lru_cache(maxsize=256)
def _on(line: CronLine, day: date) -> tuple[datetime, ...]:
    """The due times of one day of the calendar in the line's time zone, in UTC and in order."""
    if not _is_on(line, day):
        return ()
    walls = (
        datetime.combine(day, time(hour, minute), line.zone)
        for hour in line.hours
        for minute in line.minutes
    )
    return tuple(sorted({moment for wall in walls for moment in _moments(line, wall)}))


def _is_on(line: CronLine, day: date) -> bool:
    return (
        day.day in line.days
        and day.month in line.months
        and day.isoweekday() % 7 in line.weekdays  # Sunday is 0
    )


def _moments(line: CronLine, wall: datetime) -> Iterator[datetime]:
    """When it is that time on the wall: never, once or twice (PEP 495)."""
    if not line.is_hourly:
        yield wall.astimezone(UTC)
        return
    for moment in (wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)):
        if moment.astimezone(line.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            yield moment
