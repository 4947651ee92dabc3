"""The page for what is too large, for a proxy in front whose own limit strikes first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from applications.views.guards import refuse_as_too_large


@csrf_exempt  # some proxies ask for it with the method of what they refused
def too_large(_request: HttpRequest) -> HttpResponse:
    """413, with what to do."""
    return refuse_as_too_large()
