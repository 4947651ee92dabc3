"""The applicant's page: the application, and how far it has come."""

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from applications.models import Application
from applications.services.progress import progress
from applications.views.guards import answers_outages, is_private
from applications.views.timeline import timeline


class HtmxRequest(HttpRequest):
    """As django-htmx's middleware leaves it."""

    htmx: HtmxDetails


@require_safe
@answers_outages
@is_private
@never_cache
def application(request: HtmxRequest, token: str) -> HttpResponse:
    """The page; for htmx its timeline alone, and 204 when the timeline in the browser is right."""
    application = get_object_or_404(Application.objects.select_related("job"), token=token)
    shown = timeline(application, progress(application), timezone.now())
    context = {"application": application, "timeline": shown}
    if not request.htmx:
        return render(request, "applications/application.html", context)
    if request.GET.get("version") == shown.version:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "applications/timeline.html", context)


@require_safe
@answers_outages
@is_private
@never_cache
def application_json(_request: HttpRequest, token: str) -> JsonResponse:
    """The same for programs; times are ISO 8601 in UTC, or null."""
    return JsonResponse(asdict(progress(get_object_or_404(Application, token=token))))
