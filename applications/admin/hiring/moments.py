"""A day and a time of the day, as people write them, in a time zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def office() -> ZoneInfo:
    """The office's time zone."""
    return ZoneInfo(timezone.get_default_timezone_name())


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The aware time. Raises ValidationError for one that the clocks skip or show twice."""
    wall = datetime.combine(day, clock, zone)
    if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValidationError(_("This time does not exist: the clocks are put forward over it."))
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        raise ValidationError(_("This time comes twice: the clocks are put back. Take another."))
    return wall.astimezone(UTC)
