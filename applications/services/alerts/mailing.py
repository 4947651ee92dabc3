"""The morning's letters: each subscriber hears of what is new, once per due time."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from applications import letters
from applications.letters import (
    LetterHeld,
    LetterTaken,
    MailAccountRefused,
    MailboxRefused,
    MailInDoubt,
    MailRefused,
    MailServerAway,
    MailUnavailable,
)
from applications.models import Alert
from applications.models.job import JobQuerySet
from applications.services import standing
from applications.services.search import Search, matching
from pipelines.definition import StepError

# As many letters in a row that a mailbox refuses, and its alert is set aside.
MOST_REFUSALS = 3
_BATCH = 500
# For how long a mailbox may ask us to come back: then what is new comes with tomorrow's letter.
_PATIENCE = timedelta(hours=4)

# A step that takes longer is taken for dead, so it is done in sittings.
_SITTING = 40 * 60  # seconds

_FOR_EVERYBODY = (MailServerAway, MailAccountRefused)
_FOR_NOW = (MailUnavailable, LetterTaken)


class MoreToMail(StepError):
    """Not all have their letter yet; the rest get it in the next sitting."""


def mail(due_at: datetime, *, now: datetime) -> None:
    """Mail whoever has not been mailed for ``due_at`` (aware) what is open at ``now`` and new.

    One subscriber's trouble stops no other: it is raised once all the others are through, for
    those who are left to be tried again. Trouble that every letter would meet is raised at once,
    and MoreToMail when there are too many subscribers for one sitting.
    """
    began = time.monotonic()
    standing.update_positions(now=now)
    held: StepError | None = None
    postponed: StepError | None = None
    for alert in _left(due_at):
        if time.monotonic() - began > _SITTING:
            raise MoreToMail("The letters of this morning are not all out yet.")
        try:
            _mail(alert, due_at, now)
        except _FOR_EVERYBODY:
            raise
        except LetterHeld as error:
            held = error
        except (MailInDoubt, *_FOR_NOW) as error:
            postponed = error
    trouble = postponed or held
    if trouble:
        raise trouble


def _left(due_at: datetime) -> Iterator[Alert]:
    """In batches along the key: an open cursor would keep SQLite from writing in between."""
    not_tried = Q(tried_for__isnull=True) | Q(tried_for__lt=due_at)
    left = Alert.objects.in_force().filter(not_tried, news_since__lt=due_at).order_by("pk")
    last = 0
    while batch := list(left.filter(pk__gt=last)[:_BATCH]):
        yield from batch
        last = batch[-1].pk


def _mail(alert: Alert, due_at: datetime, now: datetime) -> None:
    news = _news(alert, due_at, now)
    number = news.count()
    if not number:
        return
    row = Alert.objects.in_force().filter(pk=alert.pk)
    if not row.exists():
        # Its reader has ended it since its batch was read.
        return
    try:
        letters.alert(alert, news, number=number, due_at=due_at)
    except MailboxRefused:
        _note_refusal(alert, due_at, now)
    except MailRefused:
        # This letter's own fault: what is new comes with tomorrow's.
        row.update(tried_for=due_at)
    except _FOR_NOW as error:
        if isinstance(error, _FOR_EVERYBODY) or now - due_at < _PATIENCE:
            raise
        row.update(tried_for=due_at)
    else:
        row.update(tried_for=due_at, news_since=due_at, refusals=0)


def _news(alert: Alert, due_at: datetime, now: datetime) -> JobQuerySet:
    found = matching(Search.read(alert.search), now)
    return found.filter(listed_at__gt=alert.news_since, listed_at__lte=due_at)


def _note_refusal(alert: Alert, due_at: datetime, now: datetime) -> None:
    refusals = alert.refusals + 1
    Alert.objects.filter(pk=alert.pk).update(
        tried_for=due_at,
        refusals=refusals,
        set_aside_at=now if refusals >= MOST_REFUSALS else None,
    )
