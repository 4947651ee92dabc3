"""What an applicant may decide about an application they have sent."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications.models import Application
from applications.services import withdrawal
from applications.views.guards import answers_outages, is_private_form


@require_http_methods(["GET", "HEAD", "POST"])
@answers_outages
@is_private_form
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is meant; POST: 303 to the page, which says so."""
    application = get_object_or_404(Application.objects.select_related("job"), token=token)
    if request.method == "POST":
        withdrawal.withdraw(application, now=timezone.now())
    elif withdrawal.is_possible(application):
        return render(request, "applications/withdraw.html", {"application": application})
    return HttpResponseRedirect(application.get_absolute_url(), status=HTTPStatus.SEE_OTHER)
