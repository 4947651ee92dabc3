"""Visitors who want a reminder or an alert."""

from datetime import timedelta

from django.utils import timezone

from applications.models import Alert, ClosingReminder, Job

REMIND = "/jobs/backend-engineer/remind/"


def reminder() -> ClosingReminder:
    job = Job.objects.get(slug="backend-engineer")
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


def alert_page() -> str:
    return f"/alerts/{alert().token}/"
