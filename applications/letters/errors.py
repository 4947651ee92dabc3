"""What can go wrong with a letter, sorted by what to do about it. No address in any text."""

from collections.abc import Mapping
from typing import Any

from pipelines.definition import Outage, StepError

_PERMANENT = range(500, 600)
# The server refused us, not the letter.
_OUR_ACCOUNT = frozenset({530, 534, 535, 538})


class MailUnavailable(StepError):
    """The server certainly does not have the letter, and may take it later: try again."""


class MailServerAway(MailUnavailable, Outage):
    """The server does not answer at all, for any letter."""


class MailRefused(StepError):
    """The server certainly does not have the letter, and will never take it."""


class MailAccountRefused(MailUnavailable):
    """The server takes no letter from us, whomever it is to: a person puts the account right."""


class MailboxRefused(MailRefused):
    """The server takes no letter to this address."""


class MailInDoubt(StepError):
    """The letter went out and no reply came back: nobody knows whether the server has it."""


class EvidenceAway(MailInDoubt):
    """A letter is in doubt, and the place that could tell cannot be asked: ask again later."""


class LetterHeld(StepError):
    """The letter is in doubt, and the policy leaves it to a person."""


class LetterTaken(StepError):
    """Another worker is sending this very letter, or has sent it."""


def from_reply(code: int) -> StepError:
    """The error that an SMTP reply code stands for (RFC 5321, section 4.2.1)."""
    if code in _OUR_ACCOUNT:
        return MailAccountRefused(f"The mail server asks us to log in differently ({code}).")
    if code in _PERMANENT:
        return MailRefused(f"The mail server refused the letter ({code}).")
    return MailUnavailable(f"The mail server asks to try again later ({code}).")


def from_recipients(recipients: Mapping[str, tuple[int, Any]]) -> StepError:
    """The error for a letter whose recipients were all refused: the mildest of their replies."""
    error = from_reply(min(code for code, _reply in recipients.values()))
    return MailboxRefused(str(error)) if isinstance(error, MailRefused) else error
