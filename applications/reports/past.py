"""Applications that are erased: their position, their day and their last stage are still known.

How they came there, when, and what was mailed of them went with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import TruncWeek

from applications.models import Application, PastApplication
from applications.reports.weeks import Week


@dataclass(frozen=True, slots=True)
class Past:
    """So many for one position, of the week of this Monday, that came to the same end."""

    job_id: int
    title: str
    monday: date
    stage: str
    number: int


def past(week: Week) -> tuple[Past, ...]:
    """Those of the weeks that are shown, in the stage of when the last one ended. One query."""
    stage = Case(
        When(moved_on__lte=week.sunday, then=F("stage")), default=Value(Application.Stage.NEW)
    )
    found = (
        PastApplication.objects.filter(
            submitted_on__gte=week.shown[0].monday, submitted_on__lte=week.sunday
        )
        .order_by()
        .annotate(monday=TruncWeek("submitted_on"), reached=stage)
        .values_list("job_id", "job__title", "monday", "reached")
        .annotate(number=Count("pk"))
    )
    return tuple(Past(*row) for row in found)


def by_week(past: Sequence[Past], week: Week) -> tuple[int, ...]:
    """How many there are in each of the weeks that are shown."""
    return tuple(
        sum(each.number for each in past if each.monday == shown.monday) for shown in week.shown
    )
