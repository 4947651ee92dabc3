"""Delivery: a letter goes out once, and its row says what is known about it.

The order of things is the point: the intent is committed in the instant before the final dot
goes out, and the server's acceptance right after its reply. A crash anywhere else leaves no doubt.
"""

import time
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from applications.letters import doubt, smtp
from applications.letters.errors import LetterTaken, MailRefused, MailUnavailable
from applications.models import Application, Letter
from pipelines.patience import patiently

# A process that was stopped for longer between intent and dot may have lost its lease.
_FRESH = 2.0  # seconds
# As long as the lease of a step lasts without a heartbeat.
_PATIENCE = timedelta(seconds=15)


def deliver(
    *,
    kind: Letter.Kind,
    about: str,
    message: EmailMultiAlternatives,
    application: Application | None = None,
) -> None:
    """Hand the letter to the mail server: one of its ``kind`` ``about`` this, once.

    ``message`` was composed for both, so it carries their Message-ID. ``application`` is the one
    on whose page the letter is shown, if there is one.

    Returns at once if the server has it already. Raises MailUnavailable, MailRefused and
    MailInDoubt as ``smtp.send`` does, LetterHeld where a doubt is left to a person, and
    LetterTaken where another worker is at it.
    """
    letter, _created = Letter.objects.get_or_create(
        kind=kind,
        about=about,
        defaults={"application": application, "message_id": message.extra_headers["Message-ID"]},
    )
    if letter.sent_at is None and letter.intent_at is not None:
        letter = doubt.settle(letter, now=timezone.now())
    if letter.sent_at is None:
        _hand_over(letter, message)


def _hand_over(letter: Letter, message: EmailMultiAlternatives) -> None:
    try:
        with smtp.handed_over(message, before_dot=lambda: _intend(letter, message)) as accepted:
            _record_sent(letter, accepted)
    except (MailUnavailable, MailRefused):
        _withdraw_intent(letter)
        raise


def _intend(letter: Letter, message: EmailMultiAlternatives) -> float:
    """Commit the intent, if nobody else did; until when the letter may go out (monotonic)."""
    deadline = time.monotonic() + _FRESH
    unchanged = Letter.objects.filter(pk=letter.pk, intents=letter.intents, sent_at__isnull=True)
    intended = unchanged.update(
        intents=letter.intents + 1,
        intent_at=timezone.now(),
        note=letter.note,
        **_words(letter, message),
    )
    if not intended:
        raise LetterTaken("Another worker is sending this letter.")
    return deadline


def _words(letter: Letter, message: EmailMultiAlternatives) -> dict[str, str]:
    """What its reader can read on their page, too. A database's text holds no NUL."""
    if letter.application_id is None or not Letter.Kind(letter.kind).is_to_applicant:
        return {}
    words = {"subject": str(message.subject), "text": str(message.body)}
    return {name: each.replace("\x00", "") for name, each in words.items()}


def _withdraw_intent(letter: Letter) -> None:
    """The server certainly has no new copy: what this attempt intended did not happen."""
    Letter.objects.filter(pk=letter.pk, intents=letter.intents + 1, sent_at__isnull=True).update(
        intents=F("intents") - 1, intent_at=letter.intent_at
    )


def _record_sent(letter: Letter, accepted: smtp.Acceptance) -> None:
    refused = f"{accepted.refused} of the addresses were refused." if accepted.refused else ""
    notes = " ".join(filter(None, (letter.note, refused)))
    reply = accepted.reply.replace("\x00", "")
    row, sent_at = Letter.objects.filter(pk=letter.pk), timezone.now()
    patiently(
        lambda: row.update(sent_at=sent_at, reply=reply[:500], note=notes[:500]),
        lasting=_PATIENCE,
    )
