"""What to do about a letter of which nobody knows whether the server has it.

It happens when a worker dies, or the connection breaks, after the final dot went out and before
the reply was recorded. EMAIL_DOUBT_POLICY says what then; what is right depends on the mail
server:

``evidence``
    Ask where the server leaves traces (EMAIL_EVIDENCE_URL), and leave it to a person where they
    begin and do not end. No copy too many, none too few, if a filter before the queue or a mailbox
    that gets the copies has done its part within ten minutes.
``idempotent``
    Send it again: the provider drops the second copy, because each carries the same key in the
    header EMAIL_IDEMPOTENCY_HEADER.
``resend_once``
    Send it once more, with the same Message-ID, so that mail programs and servers that look can
    tell that it is the same letter; at most two copies.
``hold``
    Send nothing; the step fails and a person decides.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from applications.letters import evidence
from applications.letters.errors import EvidenceAway, LetterHeld
from applications.models import Letter

_HELD = "It is not known whether the mail server has the letter; a person must decide."


def settle(letter: Letter, *, now: datetime) -> Letter:
    """The letter as it is after the policy: sent, or to be sent again with a note.

    Raises LetterHeld where a person must decide, and EvidenceAway where there is nobody to ask.
    """
    return _POLICIES[settings.EMAIL_DOUBT_POLICY](letter, now)


def _by_evidence(letter: Letter, now: datetime) -> Letter:
    handed_over_at = letter.intent_at or now
    since = now - handed_over_at
    trace = evidence.find(letter.message_id, copies=letter.copies_begun, since=handed_over_at)
    if trace is evidence.Trace.TAKEN:
        letter.sent_at = now
        letter.reply = "Found where the mail server leaves its traces."
        letter.save(update_fields=["sent_at", "reply"])
        return letter
    if evidence.is_past(since=since):
        raise LetterHeld(_HELD)
    if not evidence.is_decisive(trace, since=since):
        raise EvidenceAway("The mail server may still be at work on the letter.")
    if trace is evidence.Trace.OPEN:
        raise LetterHeld(_HELD)
    letter.note = _noted(letter, now, "the mail server never had it")
    return letter


def _idempotent(letter: Letter, now: datetime) -> Letter:
    letter.note = _noted(letter, now, "the provider drops a second copy")
    return letter


def _resend_once(letter: Letter, now: datetime) -> Letter:
    if letter.intents > 1:
        raise LetterHeld(_HELD)
    letter.note = _noted(letter, now, "the first copy's fate is unknown")
    return letter


def _hold(_letter: Letter, _now: datetime) -> Letter:
    raise LetterHeld(_HELD)


def _noted(letter: Letter, now: datetime, reason: str) -> str:
    return letter.note_with(f"Sent again on {now:%Y-%m-%d %H:%M} UTC: {reason}.")


_POLICIES: dict[str, Callable[[Letter, datetime], Letter]] = {
    "evidence": _by_evidence,
    "idempotent": _idempotent,
    "resend_once": _resend_once,
    "hold": _hold,
}
