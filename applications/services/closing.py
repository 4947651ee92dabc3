"""Reminders before a position closes, for visitors who asked for one and confirmed it by mail."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from applications.models import Application, ClosingReminder, Job, Letter
from applications.pipeline import closing_confirmation, closing_reminder
from pipelines import canvas, ledger

# How long before a position closes the reminder goes out.
LEAD = timedelta(days=2)
# A wish that nobody confirms is forgotten, and so is one whose position has closed.
_KEPT_FOR = timedelta(days=1)


def is_offered(job: Job, now: datetime) -> bool:
    """Whether there is a closing date that is far enough away to be reminded of."""
    return job.is_open(now) and job.closes_at is not None and now < job.closes_at - LEAD


def ask(job: Job, email: str, *, now: datetime) -> None:
    """Mail a link by which the wish is confirmed; once for each address and position.

    However often somebody asks in another's name, that one gets a single mail.
    """
    with transaction.atomic():
        # Two that ask at once wait for each other here.
        Job.objects.select_for_update().get(pk=job.pk)
        if ClosingReminder.objects.filter(job=job, email__iexact=email).exists():
            return
        wish = ClosingReminder.objects.create(job=job, email=email, asked_at=now)
        canvas.start(closing_confirmation, wish)


def confirm(wish: ClosingReminder, *, now: datetime) -> None:
    """Whoever reads the mailbox wants it. A second time changes nothing."""
    ClosingReminder.objects.filter(pk=wish.pk, confirmed_at__isnull=True).update(confirmed_at=now)


def forget(wish: ClosingReminder, *, now: datetime) -> None:
    """Delete the wish with its letters, and send what is not sent yet no more."""
    with transaction.atomic():
        # Whoever begins its reminder holds it, and has begun it then.
        ClosingReminder.objects.select_for_update().filter(pk=wish.pk).first()
        ledger.cancel(wish, now=now)
        Letter.objects.filter(about=str(wish.pk)).delete()
        wish.delete()


def remind(*, now: datetime) -> None:
    """Begin what is due at ``now`` (aware), and forget what is over. Safe to call twice."""
    due = ClosingReminder.objects.filter(
        confirmed_at__isnull=False,
        begun_at__isnull=True,
        job__in=Job.objects.open(now),
        job__closes_at__lte=now + LEAD,
    )
    for wish in due:
        _remind(wish, now)
    for wish in list(_over(now)):
        _forget_over(wish, now)


def _remind(wish: ClosingReminder, now: datetime) -> None:
    """Whoever has applied by now needs no reminder."""
    if Application.objects.filter(job=wish.job_id, email__iexact=wish.email).exists():
        forget(wish, now=now)
        return
    with transaction.atomic():
        waiting = ClosingReminder.objects.filter(pk=wish.pk, begun_at__isnull=True)
        if waiting.update(begun_at=now):
            canvas.start(closing_reminder, wish)


def _forget_over(wish: ClosingReminder, now: datetime) -> None:
    """Unless somebody has confirmed it since it was found."""
    with transaction.atomic():
        held = _over(now).select_for_update(of=("self",)).filter(pk=wish.pk).first()
        if held is not None:
            forget(held, now=now)


def _over(now: datetime) -> QuerySet[ClosingReminder]:
    unconfirmed = Q(confirmed_at__isnull=True, asked_at__lt=now - _KEPT_FOR)
    closed = Q(job__closes_at__isnull=False, job__closes_at__lt=now - _KEPT_FOR)
    return ClosingReminder.objects.filter(unconfirmed | closed)
