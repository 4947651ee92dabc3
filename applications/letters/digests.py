"""The morning's digest, composed. Nothing is sent here."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.letters import dates
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Digest, Letter

_FILTERS = {"new": "", "failed": "&run=failed", "waiting": "&is_waiting__exact=1"}


def digest(subject: Digest) -> LetterMessage:
    """To one of HR's addresses: how much came in by position, and what failed or waits."""
    message = write(
        kind=Letter.Kind.DIGEST,
        about=str(subject.pk),
        written_at=subject.made_at,
        context={
            "number": sum(job["new"] for job in subject.jobs),
            "failed": sum(job["failed"] for job in subject.jobs),
            "days": _days(subject),
            "jobs": [_listed(job) for job in subject.jobs],
        },
    )
    message.to = [subject.address]
    return message


def _days(subject: Digest) -> str:
    """``Sunday, 1 March 2026``, or from which day to which."""
    last = subject.day - timedelta(days=1)
    if subject.since >= last:
        return dates.weekday(last)
    days = {"first": dates.weekday(subject.since), "last": dates.weekday(last)}
    return _("%(first)s to %(last)s") % days


def _listed(job: dict[str, Any]) -> dict[str, Any]:
    page = settings.SITE_URL + reverse("admin:applications_application_changelist")
    address = f"{page}?job__id__exact={job['pk']}"
    return {**job, **{f"{name}_url": address + more for name, more in _FILTERS.items()}}
