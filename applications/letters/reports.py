"""The letter with the weekly report, composed. Nothing is sent here."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from applications.letters import dates
from applications.letters.enclosures import Enclosure
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Letter, Report


def weekly_report(report: Report, about: str, enclosures: Sequence[Enclosure]) -> LetterMessage:
    """To HR: how many applied within the week, with the files."""
    path = reverse("admin:applications_report_changelist")
    message = write(
        kind=Letter.Kind.WEEKLY_REPORT,
        about=about,
        written_at=report.made_at,
        context={
            "week": report.filename.removeprefix("weekly-").partition(".")[0],
            "number": report.row_count,
            "first_day": _day(report, timedelta(0)),
            "last_day": _day(report, timedelta(days=6)),
            "reports_url": f"{settings.SITE_URL}{path}",
        },
        enclosures=enclosures,
    )
    message.to = list(settings.HR_EMAIL)
    return message


def _day(report: Report, after: timedelta) -> str:
    """A day of its week, counted on the office's calendar."""
    monday = timezone.localdate(report.since, timezone.get_default_timezone())
    return dates.day(monday + after)
