"""Asking for a job alert, confirming it by the link in a letter, ending it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from applications.models import Alert
from applications.pipeline import alert_confirmation
from applications.services.search import Search
from pipelines import canvas


def ask(email: str, search: Search, *, now: datetime) -> None:
    """Send a letter with a link to ``email``, by which the alert is confirmed.

    It does the same whether or not the address has this alert, or any: whoever asks for somebody
    else learns nothing, not even by the time it takes.
    """
    with transaction.atomic():
        alert = Alert.objects.create(
            email=email, search=search.given, words=", ".join(search.words), asked_at=now
        )
        canvas.start(alert_confirmation, alert)


def find(token: str, *, now: datetime) -> Alert | None:
    """The alert of this link; None if it is ended, expired, or never was."""
    alert = Alert.objects.filter(token=token).first()
    return None if alert is None or alert.is_expired(now) else alert


def confirm(alert: Alert, *, now: datetime) -> Alert:
    """The alert that is in force now: an older one for the same search, if there is one.

    So nobody gets two letters, and the links in the older one's letters stay good. One that was
    set aside gives way: its mailbox has just taken a letter.
    """
    if alert.is_in_force:
        return alert
    try:
        return _put_in_force(alert, now)
    except IntegrityError:
        older = Alert.objects.alike(alert).in_force().get()
        alert.delete()
        return older


def _put_in_force(alert: Alert, now: datetime) -> Alert:
    with transaction.atomic():
        alike = Alert.objects.alike(alert).exclude(pk=alert.pk)
        alike.filter(set_aside_at__isnull=False).delete()
        alert.confirmed_at = alert.news_since = now
        alert.set_aside_at, alert.refusals = None, 0
        alert.save(update_fields=["confirmed_at", "news_since", "set_aside_at", "refusals"])
    return alert


def end(token: str) -> None:
    """End the alert of this link, if there is one."""
    Alert.objects.filter(token=token).end()
