"""What htmx adds to a request."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """As django-htmx's middleware leaves it."""

    htmx: HtmxDetails
