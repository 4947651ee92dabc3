"""The applicant's page: the application, how far it has come, and what they may do with it."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications import documents
from applications.models import Application, Document
from applications.services import erasure, withdrawal
from applications.services.progress import progress
from applications.views import erasing
from applications.views.guards import answers_outages, is_private
from applications.views.htmx import HtmxRequest
from applications.views.letters import listed
from applications.views.timeline import timeline


@require_safe
@answers_outages
@is_private
def application(request: HtmxRequest, token: str) -> HttpResponse:
    """The page; for htmx its live part alone, and 204 when that in the browser is right.

    Once the applicant has asked for it, the page of what is erased.
    """
    asked = erasure.find(token)
    if asked is not None:
        return erasing.page(request, asked)
    found = Application.objects.select_related("job", "portrait").defer("portrait__content")
    context = _context(get_object_or_404(found, token=token))
    if not request.htmx:
        return render(request, "applications/application.html", context)
    if request.GET.get("version") == context["timeline"].version:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "applications/timeline.html", context)


def _context(application: Application) -> dict[str, Any]:
    so_far = progress(application)
    # After the steps that send them: so the letter of a step that is told as done is there.
    letters = list(application.letters.defer("text"))
    return {
        "application": application,
        "timeline": timeline(application, so_far, letters, timezone.now()),
        "letters": listed(letters),
        "may_withdraw": withdrawal.is_possible(application),
        "dossier": documents.find(application, Document.Kind.DOSSIER),
    }


@require_safe
@answers_outages
@is_private
def application_json(_request: HttpRequest, token: str) -> JsonResponse:
    """The same for programs; times are ISO 8601 in UTC, or null. 410 where it is erased."""
    asked = erasure.find(token)
    if asked is not None:
        return erasing.as_json(asked)
    return JsonResponse(asdict(progress(get_object_or_404(Application, token=token))))
