"""Delivery: a letter goes out once, and its row says what is known about it.

The order of things is the point: a copy is counted before its first byte, the intent is committed
in the instant before the final dot goes out, and the server's acceptance right after its reply.
Only a crash between the last two leaves a doubt.
"""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, Right, Trim
from django.utils import timezone

from applications.letters import doubt, session, smtp
from applications.letters.errors import LetterTaken, MailRefused, MailUnavailable
from applications.models import Application, Letter
from pipelines.patience import DATABASE_AWAY, patiently

# A process that was stopped for longer between intent and dot may have lost its lease.
_FRESH = 2.0  # seconds
# What the server said stays true, whoever holds the step by then: a lease is no limit here.
_PATIENCE = timedelta(minutes=10)
_AWAY = "The database was away right before the letter went out."


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
    MailInDoubt as ``smtp.handed_over`` does, LetterHeld where a doubt is left to a person, and
    LetterTaken where another worker is at it.
    """
    letter, _created = Letter.objects.get_or_create(
        kind=kind,
        about=about,
        defaults={"application": application, "message_id": message.extra_headers["Message-ID"]},
    )
    # All copies carry the first one's, though our domain may have changed since.
    message.extra_headers["Message-ID"] = letter.message_id
    if letter.sent_at is None and letter.intent_at is not None:
        letter = doubt.settle(letter, now=timezone.now())
    if letter.sent_at is None:
        _hand_over(letter, message)


def _hand_over(letter: Letter, message: EmailMultiAlternatives) -> None:
    before = letter.intents, letter.intent_at
    try:
        with smtp.handed_over(
            message,
            before_body=lambda: _count_copy(letter),
            before_dot=lambda: _intend(letter, message),
        ) as accepted:
            _record_sent(letter, accepted)
    except (MailUnavailable, MailRefused):
        _withdraw_intent(letter, *before)
        raise


def _count_copy(letter: Letter) -> None:
    try:
        Letter.objects.filter(pk=letter.pk).update(copies_begun=F("copies_begun") + 1)
    except DATABASE_AWAY:
        raise MailUnavailable(_AWAY) from None


def _intend(letter: Letter, message: EmailMultiAlternatives) -> float:
    """Commit the intent, if nobody else did; until when (``session.clock()``) it may go out."""
    deadline = session.clock() + _FRESH
    try:
        is_first = _commit_intent(letter, message)
    except DATABASE_AWAY:
        # It may have the intent and not have told us; the server does not have the letter.
        raise MailUnavailable(_AWAY) from None
    if not is_first:
        raise LetterTaken("Another worker is sending this letter.")
    return deadline


def _commit_intent(letter: Letter, message: EmailMultiAlternatives) -> bool:
    """False: something has happened to the letter since it was read."""
    unchanged = Letter.objects.filter(
        pk=letter.pk, intents=letter.intents, intent_at=letter.intent_at, sent_at__isnull=True
    )
    letter.intents, letter.intent_at = letter.intents + 1, timezone.now()
    intent = {"intents": letter.intents, "intent_at": letter.intent_at, "note": letter.note}
    return unchanged.update(**intent, **_words(letter, message)) == 1


def _words(letter: Letter, message: EmailMultiAlternatives) -> dict[str, str]:
    """What its reader can read on their page, too. A database's text holds no NUL."""
    if letter.application_id is None or not Letter.Kind(letter.kind).is_to_applicant:
        return {}
    words = {"subject": str(message.subject), "text": str(message.body)}
    return {name: each.replace("\x00", "") for name, each in words.items()}


def _withdraw_intent(letter: Letter, intents: int, intent_at: datetime | None) -> None:
    """The server certainly has no new copy: what this attempt intended did not happen.

    What another one has intended meanwhile stays.
    """
    ours = Letter.objects.filter(
        pk=letter.pk, intents=letter.intents, intent_at=letter.intent_at, sent_at__isnull=True
    )
    patiently(lambda: ours.update(intents=intents, intent_at=intent_at), lasting=_PATIENCE)


def _record_sent(letter: Letter, accepted: smtp.Acceptance) -> None:
    refused = f"{accepted.refused} of the addresses were refused." if accepted.refused else ""
    reply = accepted.reply.replace("\x00", "")
    unsent, sent_at = Letter.objects.filter(pk=letter.pk, sent_at__isnull=True), timezone.now()
    patiently(
        lambda: unsent.update(
            sent_at=sent_at,
            # A person may have had it sent again meanwhile, which takes the intent back.
            intent_at=Coalesce("intent_at", Value(sent_at)),
            reply=reply[:500],
            note=Right(Trim(Concat("note", Value(f" {refused}"))), Letter.NOTE_LENGTH),
        ),
        lasting=_PATIENCE,
    )
