"""Visitors who want to be reminded before a position closes: asked for, confirmed, forgotten."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import limits, robots
from applications.forms import AddressForm
from applications.models import ClosingReminder, Job
from applications.services import closing
from applications.views.guards import answers_outages, is_private_form
from applications.views.objections import too_often_notice, trap_notice
from applications.views.positions import find_announced

_shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@_shown_or_sent
@answers_outages
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the address; POST: the same answer whether or not it was asked for before.

    422 with the form for what is no address or a robot's, 429 when too many were asked for.
    """
    now = timezone.now()
    job = find_announced(slug, now)
    if not closing.is_offered(job, now):
        raise Http404
    if request.method != "POST":
        return _form(request, job, AddressForm())
    form = AddressForm(request.POST)
    if robots.is_caught(request.POST):
        return _form(request, job, form, HTTPStatus.UNPROCESSABLE_ENTITY, trap_notice())
    if not form.is_valid():
        return _form(request, job, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if wait := limits.count_reminder(request, form.cleaned_data["email"]):
        return _too_many(request, job, form, wait)
    closing.ask(job, form.cleaned_data["email"], now=now)
    return render(request, "applications/remind_asked.html", {"job": job})


def _form(
    request: HttpRequest,
    job: Job,
    form: AddressForm,
    status: HTTPStatus = HTTPStatus.OK,
    notice: str = "",
) -> HttpResponse:
    remind_at = job.closes_at and job.closes_at - closing.LEAD
    context = {"job": job, "remind_at": remind_at, "form": form, "notice": notice}
    return render(request, "applications/remind.html", context, status=status)


def _too_many(request: HttpRequest, job: Job, form: AddressForm, wait: int) -> HttpResponse:
    page = _form(request, job, form, HTTPStatus.TOO_MANY_REQUESTS, too_often_notice(wait))
    page.headers["Retry-After"] = str(wait)
    return page


@_shown_or_sent
@answers_outages
@is_private_form
def closing_reminder(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: yes, or forget me. A GET decides nothing: robots follow links.

    Forgetting is answered in the same way however often it is asked for.
    """
    wish = ClosingReminder.objects.select_related("job").filter(token=token).first()
    now = timezone.now()
    answer = request.POST.get("answer")
    if answer == "no":
        if wish is not None:
            closing.forget(wish, now=now)
        return render(request, "applications/remind_forgotten.html", {"job": wish and wish.job})
    if wish is None:
        raise Http404
    if answer == "yes":
        closing.confirm(wish, now=now)
        wish.refresh_from_db()
    context = {"job": wish.job, "is_open": wish.job.is_open(now), "wish": wish}
    return render(request, "applications/remind_wish.html", context)
