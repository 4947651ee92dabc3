"""When a position closes, in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Job
from applications.templatetags.pages import clock

register = template.Library()

_SOON = 7  # days


@register.filter
def closing(job: Job, now: datetime) -> str:
    """``Closes in 3 days``, counted in days of the office's time zone; empty if it stays open."""
    if job.closes_at is None:
        return ""
    days = _days_between(now, job.closes_at)
    if days == 0:
        return _("Closes today at %s") % clock(job.closes_at)
    if days == 1:
        return _("Closes tomorrow")
    return ngettext("Closes in %d day", "Closes in %d days", days) % days


@register.filter
def closing_soon(job: Job, now: datetime) -> str:
    """The same in the last week; empty before that."""
    if job.closes_at is None or _days_between(now, job.closes_at) > _SOON:
        return ""
    return closing(job, now)


def _days_between(now: datetime, moment: datetime) -> int:
    return (timezone.localdate(moment) - timezone.localdate(now)).days
