"""The page of an application that is erased on request, and the question before it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from applications.models import Application, Erasure, Letter
from applications.services import erasure
from applications.views.guards import answers_outages, is_private_form
from applications.views.htmx import HtmxRequest
from applications.views.sentences import ERASURE
from applications.views.timeline import Moment, Timeline, pace_of, steps_told, version_of
from pipelines.progress import RunProgress

_HEADLINES = {
    "active": _("We are erasing your data."),
    "done": _("Your data is erased."),
    "failed": _("Not all is erased yet. A person here will see to it."),
    "cancelled": _("Your data is erased."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@answers_outages
@is_private_form
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is meant; POST: 303 to the page, which shows it happen."""
    if erasure.find(token) is None:
        application = get_object_or_404(Application.objects.select_related("job"), token=token)
        if request.method != "POST":
            return render(request, "applications/erase.html", {"application": application})
        # Somebody who asked at the same time may have been faster.
        with suppress(Application.DoesNotExist):
            erasure.request(application, now=timezone.now())
    address = reverse("application", kwargs={"token": token})
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def page(request: HtmxRequest, asked: Erasure) -> HttpResponse:
    """What went so far; for htmx its live part alone, and 204 when that in the browser is right."""
    shown = _timeline(asked, erasure.progress(asked))
    if request.htmx and request.GET.get("version") == shown.version:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    template = "applications/erasure_live.html" if request.htmx else "applications/erasure.html"
    return render(request, template, {"erasure": asked, "timeline": shown})


def _timeline(asked: Erasure, progress: RunProgress) -> Timeline:
    moments = tuple(_moments(asked, progress))
    pace = pace_of(moments, (progress.status,), timezone.now() - asked.requested_at)
    return Timeline(
        headline=_HEADLINES[progress.status],
        moments=moments,
        version=version_of(moments, progress.status, pace),
        pace=pace,
    )


def _moments(asked: Erasure, progress: RunProgress) -> Iterator[Moment]:
    yield Moment("success", _("You asked us to erase your data."), asked.requested_at)
    letters = list(Letter.objects.filter(about=str(asked.pk)))
    yield from steps_told("erasure", ERASURE, progress, letters)


def as_json(asked: Erasure) -> JsonResponse:
    """410 for programs: what went is not there any more, and how far that has come."""
    told = {"erasure": asdict(erasure.progress(asked))}
    return JsonResponse(told, status=HTTPStatus.GONE)
