"""Visitors who want a reminder or an alert."""

from datetime import timedelta

from django.utils import timezone

from applications.models import Alert, ClosingReminder, Job

# A position that closes.
_SLUG = "people-partner"
REMIND = f"/jobs/{_SLUG}/remind/"


def reminder() -> ClosingReminder:
    job = Job.objects.get(slug=_SLUG)
    return ClosingReminder.objects.create(job=job, email="visitor@example.org")


def alert() -> Alert:
    """Asked for, and not confirmed yet."""
    return Alert.objects.create(
        email="visitor@example.org",
        search={"department": "Engineering"},
        words="Engineering",
        news_since=timezone.now() - timedelta(days=1),
    )


def reminder_page() -> str:
    return f"/reminders/{reminder().token}/"


def alert_page(*, set_aside: bool = False) -> str:
    """``set_aside``: its mailbox has refused too many letters."""
    wish = alert()
    if set_aside:
        now = timezone.now()
        Alert.objects.filter(pk=wish.pk).update(confirmed_at=now, set_aside_at=now, refusals=3)
    return f"/alerts/{wish.token}/"
