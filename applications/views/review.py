"""Review what you send: all of it on one page, before it is sent."""

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from applications.services.submission import frozen
from applications.views.attempt import Attempt, again, keep, loses_files, page

# What the review's own form does not send along: its cookie's token is written anew, the buttons
# are its own, and a file that was dropped is dropped.
_LEFT_BEHIND = frozenset({"csrfmiddlewaretoken", "review", "edit"})


def review(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """What would be sent, with its files kept; the form again where something is wrong.

    Nothing is accepted here, and nothing is promised.
    """
    if not attempt.form.is_valid():
        return again(request, attempt, HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = keep(attempt)
    if loses_files(attempt.form, kept):
        return page(request, attempt, HTTPStatus.OK, kept=kept)
    context = {
        "job": attempt.job,
        "form": attempt.form,
        "person": attempt.form.person(),
        "answers": frozen(attempt.form.answers()),
        "kept": kept,
        "typed": list(_typed(request.POST)),
    }
    return render(request, "applications/review.html", context)


def _typed(posted: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in posted.lists():
        if name not in _LEFT_BEHIND and not name.endswith("-drop"):
            yield from ((name, str(value)) for value in values)
