"""The clock's heaviest jobs, once each, over whatever the database of this process holds.

They call what the steps of the schedules call. Each forgets what it did the time before.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from applications.models import Alert, Digest, Letter, Report
from applications.services import reporting
from applications.services.alerts import mailing
from applications.services.hiring import digests

# So long ago that everything has come since.
_LONG = timedelta(days=60)
# On this day the week is over in which the rows end.
_WEEK = timedelta(weeks=1)

Duty = Callable[[], None]


def list_arrivals() -> None:
    """All applications as CSV, into the object store."""
    Report.objects.all().delete()
    now = timezone.now()
    reporting.report_arrivals(since=None, until=now, now=now)


def report_week() -> None:
    """The weekly report over all applications of eight weeks, as workbook and as PDF."""
    Report.objects.all().delete()
    now = timezone.now()
    reporting.write_weekly_workbook(now + _WEEK, now=now)
    reporting.draw_weekly_pages(now + _WEEK, now=now)


def open_digests() -> None:
    """HR's digest of all applications, as after a pause of weeks."""
    Digest.objects.all().delete()
    now = timezone.now()
    digests.open_digests(due_at=now + timedelta(days=1), previous=now - _LONG)


def mail_subscribers() -> None:
    """A letter to every subscriber, each handed to the mail server."""
    Letter.objects.filter(kind=Letter.Kind.ALERT).delete()
    now = timezone.now()
    Alert.objects.update(tried_for=None, news_since=now - _LONG)
    mailing.mail(now, now=now)
