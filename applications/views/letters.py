"""The letters that an applicant got from us, as their page lists them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from applications.models import Letter

# Letters of other kinds are not to the applicant.
_TITLES: Mapping[str, StrOrPromise] = {
    Letter.Kind.APPLICATION_RECEIVED: _("Receipt, with your dossier"),
    Letter.Kind.WELCOME: _("Welcome, with your first day"),
    Letter.Kind.INTERVIEW: _("News of an interview, with a file for your calendar"),
    Letter.Kind.INTERVIEW_REMINDER: _("Reminder of an interview"),
    Letter.Kind.PLANNED_LETTER: _("Letter from our hiring team"),
    Letter.Kind.WITHDRAWAL_CONFIRMED: _("Confirmation that you have withdrawn"),
}


@dataclass(frozen=True)
class ListedLetter:
    """A letter to the applicant. ``state`` is one of accepted, doubt, waiting; ``at`` is aware."""

    title: StrOrPromise
    state: str
    at: datetime | None


def listed(letters: Iterable[Letter]) -> list[ListedLetter]:
    """Those of an application's letters that are to the applicant, in their order."""
    return [
        ListedLetter(_TITLES[letter.kind], _state(letter), letter.sent_at or letter.intent_at)
        for letter in letters
        if letter.kind in _TITLES
    ]


def _state(letter: Letter) -> str:
    if letter.sent_at:
        return "accepted"
    return "doubt" if letter.intent_at else "waiting"
