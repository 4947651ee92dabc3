"""``/metrics``: how the pipelines are doing, in Prometheus' text format.

https://prometheus.io/docs/instrumenting/writing_exporters/

Everything is read at the moment of asking and nothing is counted in the processes, so it does not
matter which of them answers, and nothing has to be added up between them.
"""

import logging
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from django_celery.readings import Reading
from pipelines.patience import DATABASE_AWAY

# What a proxy adds: then the address of the connection is the proxy's.
_FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, and for whoever brings METRICS_TOKEN; 503 while the database is away."""
    if not (_is_local(request) or _has_token(request)):
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers=headers)
    try:
        text = generate_latest(Reading(timezone.now()))
    except DATABASE_AWAY as error:
        logger.warning("No metrics: %s", type(error).__name__)
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _is_local(request: HttpRequest) -> bool:
    """Whether it was asked on this machine, and not by a proxy here for somebody elsewhere."""
    if settings.TRUSTED_PROXIES or any(header in request.META for header in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer"
    return bool(settings.METRICS_TOKEN) and (
        is_bearer and constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    )
