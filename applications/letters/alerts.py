"""The letters of a job alert, composed. Nothing is sent here."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from applications.letters.links import unlinked
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Alert, Job, Letter
from applications.models.job import JobQuerySet

# A letter that names more is a list that nobody reads.
_NAMED = 20


def about(alert: Alert, due_at: datetime) -> str:
    """What the letter of this due time (aware) is about: ``alert:17:2026-03-02T08:00:00+00:00``."""
    return f"{alert.about_letters}{due_at.astimezone(UTC).isoformat()}"


def alert_confirmation(alert: Alert) -> LetterMessage:
    """To the address that was typed into the form: is it meant?

    Whoever filled in the form chose both the reader and the words, so these are no link anywhere.
    """
    message = write(
        kind=Letter.Kind.ALERT_CONFIRMATION,
        about=str(alert.pk),
        written_at=alert.asked_at,
        context={
            "words": unlinked(alert.words),
            "page_url": alert.page_url,
            "days": Alert.CONFIRM_WITHIN.days,
        },
    )
    message.to = [alert.email]
    return message


def alert(alert: Alert, jobs: JobQuerySet, *, number: int, due_at: datetime) -> LetterMessage:
    """To a subscriber: the new positions, and one click that ends it.

    The headers are those of RFC 8058: the mail program itself can offer that click.
    """
    message = write(
        kind=Letter.Kind.ALERT,
        about=about(alert, due_at),
        written_at=due_at,
        context={
            "words": unlinked(alert.words),
            "number": number,
            "more": max(number - _NAMED, 0),
            "jobs": [_listed(job) for job in jobs.defer("description", "search_text")[:_NAMED]],
            "list_url": settings.SITE_URL + alert.list_path,
            "end_url": alert.end_url,
        },
    )
    message.to = [alert.email]
    message.extra_headers |= {
        "List-Unsubscribe": f"<{alert.end_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message


def _listed(job: Job) -> dict[str, Any]:
    facts = (job.department, job.place, job.get_workplace_display(), job.get_employment_display())
    return {
        "title": job.title,
        "facts": " · ".join(facts),
        "summary": job.summary,
        "url": settings.SITE_URL + job.get_absolute_url(),
    }
