"""The first page of the back office: what came in, what is open, what needs a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.admin.progress import progress_of
from applications.models import Application, Job
from applications.services import runs
from pipelines.models import Run

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_CHART = timedelta(days=28)
_NEWEST = 6


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list it was counted from."""

    title: str | Promise
    number: int
    address: str
    is_alarm: bool = False


@dataclass(frozen=True)
class Bar:
    """One day of the chart; ``height`` is its share of the highest day, in percent."""

    day: date
    number: int
    height: int


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK: the index page's context, with what this person may see."""
    now = timezone.now()
    if request.user.has_perm("applications.view_application"):
        context |= {
            "title": _("Overview"),
            "figures": _figures(now),
            "bars": _bars(now),
            "newest": _newest(),
        }
    return context


def _figures(now: datetime) -> list[Figure]:
    received = reverse("admin:applications_application_changelist")
    positions = reverse("admin:applications_job_changelist")
    week = _past_week(now)
    return [
        Figure(
            _("Applications in 7 days"),
            Application.objects.filter(**week).count(),
            f"{received}?{urlencode(week)}",
        ),
        Figure(_("On their way"), runs.count_active(), f"{received}?run=active"),
        Figure(
            _("Need a person"),
            failed := _failed(),
            f"{received}?run=failed",
            is_alarm=failed > 0,
        ),
        Figure(_("Open positions"), Job.objects.open(now).count(), f"{positions}?state=open"),
    ]


def _past_week(now: datetime) -> dict[str, datetime]:
    """What the list's filter calls the past seven days: whole days, and today so far."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {"submitted_at__gte": today - _WEEK, "submitted_at__lt": today + _DAY}


def _failed() -> int:
    return runs.with_run(Application.objects.all(), Run.Status.FAILED).count()


def _bars(now: datetime) -> list[Bar]:
    """Applications per day in the office's time zone, to today."""
    today = timezone.localdate(now)
    days = [today - _CHART + timedelta(days=number) for number in range(1, _CHART.days + 1)]
    numbers = dict(
        Application.objects.filter(submitted_at__gte=now - _CHART)
        .order_by()
        .annotate(day=TruncDate("submitted_at"))
        .values_list("day")
        .annotate(number=Count("*"))
    )
    highest = max(numbers.values(), default=1)
    return [Bar(day, n := numbers.get(day, 0), round(100 * n / highest)) for day in days]


def _newest() -> Iterable[dict[str, Any]]:
    applications = list(Application.objects.select_related("job")[:_NEWEST])
    progress = progress_of(applications)
    return [
        {"application": application, "progress": progress.get(application.pk)}
        for application in applications
    ]
