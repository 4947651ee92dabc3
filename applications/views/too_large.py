"""The page for what is too large, for a proxy in front whose own limit strikes first."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from applications.views.guards import refuse_as_too_large


@csrf_exempt  # some proxies ask for it with the method of what they refused
def too_large(request: HttpRequest) -> HttpResponse:
    """413, with the way back to the form that was sent."""
    return refuse_as_too_large(form_url=_came_from(request))


def _came_from(request: HttpRequest) -> str:
    """The path of the page of ours that the browser names; the list of positions without one."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()})
    return urlsplit(referer).path if is_ours else reverse("jobs")
