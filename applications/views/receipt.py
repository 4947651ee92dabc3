"""The applicant's page: the application, how far it has come, and what they may do with it."""

from dataclasses import asdict
from http import HTTPStatus

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
    applications = Application.objects.select_related("job", "portrait").defer("portrait__content")
    found = get_object_or_404(applications, token=token)
    so_far = progress(found)
    # After the steps that send them: so the letter of a step that is told as done is there.
    letters = list(found.letters.defer("text"))
    told = timeline(found, so_far, letters, timezone.now())
    if request.htmx and request.GET.get("version") == told.version:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        "application": found,
        "timeline": told,
        "letters": listed(letters),
        "may_withdraw": withdrawal.is_possible(found),
        "dossier": documents.find(found, Document.Kind.DOSSIER),
    }
    part = "timeline" if request.htmx else "application"
    return render(request, f"applications/{part}.html", context)


@require_safe
@answers_outages
@is_private
def application_json(_request: HttpRequest, token: str) -> JsonResponse:
    """The same for programs; times are ISO 8601 in UTC, or null. 410 where it is erased."""
    asked = erasure.find(token)
    if asked is not None:
        return erasing.as_json(asked)
    return JsonResponse(asdict(progress(get_object_or_404(Application, token=token))))
