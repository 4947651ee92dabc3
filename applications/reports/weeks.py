"""Calendar weeks on the office's clocks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from applications.office import midnight

# How many weeks a report looks back, its own included.
SHOWN = 8
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday in the office's time zone, known by its Monday."""

    monday: date

    @property
    def start(self) -> datetime:
        """Aware; a week in which the clocks change is an hour longer or shorter."""
        return midnight(self.monday)

    @property
    def end(self) -> datetime:
        """When the next one begins."""
        return midnight(self.monday + _WEEK)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        """As ISO 8601 writes it: ``2026-W09``."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def shown(self) -> tuple["Week", ...]:
        """The weeks that a report of this one shows, itself as the last."""
        return tuple(Week(self.monday - back * _WEEK) for back in reversed(range(SHOWN)))


def last_before(moment: datetime) -> Week:
    """The last week that was over at ``moment`` (aware)."""
    today = timezone.localdate(moment, timezone.get_default_timezone())
    return Week(today - timedelta(days=today.weekday()) - _WEEK)
