"""The dossier and the photo in it, for the applicant."""

import logging
from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from applications import documents, storage
from applications.models import Application, Document, Portrait
from applications.views.guards import answers_outages, is_private, unavailable

# Long enough for a slow browser to follow a redirect, too short to be passed on.
_SIGNED_FOR = timedelta(minutes=2)

logger = logging.getLogger(__name__)


@require_safe
@answers_outages
@is_private
def dossier(request: HttpRequest, token: str) -> HttpResponse:
    """A redirect to a link that is signed now; 409, with what is known, while it is not stored.

    503 if the store's keys are missing, without which nothing can be signed.
    """
    application = get_object_or_404(Application.objects.select_related("job"), token=token)
    found = documents.find(application, Document.Kind.DOSSIER)
    if found is None or found.stored_at is None:
        context = {"application": application, "dossier": found}
        return render(request, "applications/dossier.html", context, status=HTTPStatus.CONFLICT)
    try:
        link = storage.link(found.key, filename=found.filename, expires=_SIGNED_FOR)
    except storage.StorageUnavailable as error:
        logger.error("A dossier cannot be opened: %s", error)  # noqa: TRY400 - the text says it all
        return unavailable()
    return HttpResponseRedirect(link)


@require_safe
@answers_outages
@is_private
def photo(_request: HttpRequest, token: str) -> HttpResponse:
    """The small photo, which a step has made. Raises Http404 while there is none."""
    portrait = get_object_or_404(Portrait, application__token=token)
    return HttpResponse(bytes(portrait.content), content_type="image/jpeg")
