"""The letters that an applicant got from us: listed on their page, and each to be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from applications.letters import plain
from applications.models import Application, Letter
from applications.views.guards import answers_outages, is_private

# Letters of other kinds are not to the applicant.
TITLES: Mapping[str, StrOrPromise] = {
    Letter.Kind.APPLICATION_RECEIVED: _("Receipt, with your dossier"),
    Letter.Kind.WELCOME: _("Welcome, with your first day"),
    Letter.Kind.INTERVIEW: _("News of an interview, with a file for your calendar"),
    Letter.Kind.INTERVIEW_REMINDER: _("Reminder of an interview"),
    Letter.Kind.PLANNED_LETTER: _("Letter from our hiring team"),
    Letter.Kind.WITHDRAWAL_CONFIRMED: _("Confirmation that you have withdrawn"),
    Letter.Kind.RETENTION_NOTICE: _("Notice of when your application is erased"),
}


@dataclass(frozen=True)
class ListedLetter:
    """A letter to the applicant. ``state`` is one of accepted, doubt, waiting; ``at`` is aware.

    ``number`` counts an applicant's letters from 1. One that was handed over before letters were
    kept has no words to be read.
    """

    number: int
    title: StrOrPromise
    state: str
    at: datetime | None
    is_readable: bool


def listed(letters: Iterable[Letter]) -> list[ListedLetter]:
    """Those of an application's letters that are to the applicant, in their order."""
    own = (letter for letter in letters if letter.kind in TITLES)
    return [_listed(number, letter) for number, letter in enumerate(own, start=1)]


def _listed(number: int, letter: Letter) -> ListedLetter:
    return ListedLetter(
        number=number,
        title=TITLES[letter.kind],
        state=_state(letter),
        at=letter.sent_at or letter.intent_at,
        is_readable=letter.intent_at is not None and bool(letter.subject),
    )


def _state(letter: Letter) -> str:
    if letter.sent_at:
        return "accepted"
    return "doubt" if letter.intent_at else "waiting"


@require_safe
@answers_outages
@is_private
def letter(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The words of one of them as they were sent; 404 while there is nothing to read.

    Its plain text, which says all that its HTML does: that is made for mail programs, and lives
    by style attributes, which the pages' policy forbids.
    """
    application = get_object_or_404(Application.objects.select_related("job"), token=token)
    letters = list(application.letters.filter(kind__in=TITLES))
    shown = next((each for each in listed(letters) if each.number == number), None)
    if shown is None or not shown.is_readable:
        raise Http404
    read = letters[number - 1]
    context = {
        "application": application,
        "shown": shown,
        "subject": read.subject,
        "text": plain.flowing(read.text),
    }
    return render(request, "applications/letter.html", context)
