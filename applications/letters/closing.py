"""The letters to visitors who want to be reminded, composed. Nothing is sent here."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from applications.letters import dates
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import ClosingReminder, Letter


def closing_confirmation(wish: ClosingReminder) -> LetterMessage:
    """To the visitor: whether the wish is theirs. It holds nothing that somebody typed."""
    return _letter(Letter.Kind.CLOSING_CONFIRMATION, wish)


def closing_reminder(wish: ClosingReminder) -> LetterMessage:
    """To the visitor: the position closes soon."""
    return _letter(Letter.Kind.CLOSING_REMINDER, wish)


def _letter(kind: Letter.Kind, wish: ClosingReminder) -> LetterMessage:
    job = wish.job
    message = write(
        kind=kind,
        about=str(wish.pk),
        written_at=wish.begun_at or wish.asked_at,
        context={
            "job": job,
            "closes": _moment(wish),
            "apply_url": settings.SITE_URL + reverse("apply", args=(job.slug,)),
            "wish_url": settings.SITE_URL + reverse("closing_reminder", args=(wish.token,)),
        },
    )
    message.to = [wish.email]
    return message


def _moment(wish: ClosingReminder) -> str:
    """When the position closes, on the office's clocks; empty if it does not any more."""
    if wish.job.closes_at is None:
        return ""
    closes = dates.appointment(timezone.localtime(wish.job.closes_at))
    return f"{closes} ({settings.TIME_ZONE})"
