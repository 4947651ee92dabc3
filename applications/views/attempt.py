"""One try at applying: the form as it was filled in, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from applications import limits
from applications.forms import ApplyForm
from applications.models import Application, Job
from applications.services import keeping
from applications.services.submission import submit
from applications.uploads import Upload
from applications.views.guards import RETRY_AFTER, note_outage
from applications.views.objections import Objection, objection, proof
from applications.views.sent import just_sent, remember
from pipelines.patience import DATABASE_AWAY


@dataclass(frozen=True)
class Attempt:
    """A form for a position under its submission key; ``kept`` are earlier files, by field."""

    job: Job
    key: UUID
    form: ApplyForm
    kept: Mapping[str, Upload]
    now: datetime


def show(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The form without a word about what is wrong: empty, or as it was typed until now."""
    return page(request, attempt, HTTPStatus.OK, kept=attempt.kept)


def answer(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Accept what was sent, or show the form again with nothing lost."""
    if not attempt.form.is_valid():
        return again(request, attempt, HTTPStatus.UNPROCESSABLE_ENTITY)
    email = attempt.form.cleaned_data["email"]
    against = objection(request, email=email, submission_key=attempt.key, now=attempt.now)
    if against is not None:
        return _objected(request, attempt, against)
    try:
        application = _accept(attempt, is_receipted=limits.spend_receipt(request, email))
    except DATABASE_AWAY as error:
        note_outage(error)
        return _not_accepted(request, attempt)
    limits.count(request, email)
    _forget_kept(attempt)
    return to_its_page(application)


def to_its_page(application: Application) -> HttpResponse:
    """303: the browser asks for the page with GET, and a reload sends nothing twice."""
    response = HttpResponseRedirect(application.get_absolute_url(), status=HTTPStatus.SEE_OTHER)
    remember(response, application)
    return response


def _accept(attempt: Attempt, *, is_receipted: bool) -> Application:
    form = attempt.form
    return submit(
        job=attempt.job,
        submission_key=attempt.key,
        person=form.person(),
        answers=form.answers(),
        consent=form.consent_text,
        uploads=form.uploads(),
        now=attempt.now,
        is_receipted=is_receipted,
    )


def _forget_kept(attempt: Attempt) -> None:
    """Accepted is accepted: what cannot be deleted now goes within a day."""
    if not attempt.kept:
        return
    try:
        keeping.forget(attempt.key)
    except DATABASE_AWAY as error:
        note_outage(error)


def _objected(request: HttpRequest, attempt: Attempt, against: Objection) -> HttpResponse:
    response = again(request, attempt, against.status, against.notice)
    if against.wait:
        response.headers["Retry-After"] = str(against.wait)
    return response


def _not_accepted(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Nothing can be kept either; what was typed travels back with the form."""
    notice = _(
        "Nothing has been accepted yet: we could not save your application just now. "
        "Press Apply Now again in a minute; it will not arrive twice."
    )
    response = page(
        request, attempt, HTTPStatus.SERVICE_UNAVAILABLE, kept=attempt.kept, notice=notice
    )
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def again(
    request: HttpRequest, attempt: Attempt, status: HTTPStatus, notice: str = ""
) -> HttpResponse:
    """The form with what is wrong, and the good files kept."""
    return page(request, attempt, status, kept=keep(attempt), notice=notice)


def keep(attempt: Attempt) -> Mapping[str, Upload]:
    """Keep the good files for the next try; what is kept then, the earlier ones in an outage."""
    try:
        return keeping.keep(
            submission_key=attempt.key,
            files=attempt.form.files_held(),
            before=attempt.kept,
            now=attempt.now,
        )
    except DATABASE_AWAY as error:
        note_outage(error)
        return attempt.kept


def page(
    request: HttpRequest,
    attempt: Attempt,
    status: HTTPStatus,
    *,
    kept: Mapping[str, Upload],
    notice: str = "",
) -> HttpResponse:
    """The form, which says so where files that were sent are not among those ``kept``."""
    context = {
        "job": attempt.job,
        "form": attempt.form,
        "submission_key": attempt.key,
        "kept": kept,
        "notice": notice,
        "proof": proof(request, attempt.key, now=attempt.now),
        "sent": None if attempt.form.is_bound else just_sent(request, attempt.job),
        "files_are_lost": loses_files(attempt.form, kept),
    }
    return render(request, "applications/apply.html", context, status=status)


def loses_files(form: ApplyForm, kept: Mapping[str, Upload]) -> bool:
    """Whether a good file was sent that is not kept."""
    return form.is_bound and bool(form.files_held().keys() - kept.keys())
