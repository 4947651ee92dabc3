"""What to do about a letter of which nobody knows whether the server has it.

It happens when a worker dies, or the connection breaks, after the body went out and before the
reply was recorded. EMAIL_DOUBT_POLICY says what then:

``resend_once``
    Send it once more, with the same Message-ID, so that mail programs and servers that look can
    tell that it is the same letter; at most two copies.
``hold``
    Send nothing; the step fails and a person decides.
"""

from datetime import datetime

from django.conf import settings

from applications.letters.errors import LetterHeld
from applications.models import Letter

_HELD = "It is not known whether the mail server has the letter; a person must decide."


def settle(letter: Letter, *, now: datetime) -> Letter:
    """The letter as it may go on: to be sent again, with a note. Raises LetterHeld."""
    if settings.EMAIL_DOUBT_POLICY == "hold" or letter.intents > 1:
        raise LetterHeld(_HELD)
    letter.note = f"Sent again on {now:%Y-%m-%d %H:%M} UTC: the first copy's fate is unknown."
    return letter
