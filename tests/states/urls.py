"""The site's own addresses, and one for each page that only a fault would show."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import include, path
from django.views.csrf import csrf_failure
from django.views.defaults import server_error

from applications.views import guards


def garbled(_request):
    raise SuspiciousOperation


def forbidden(_request):
    raise PermissionDenied


def unavailable(_request):
    return guards.unavailable()


urlpatterns = [
    path("states/400/", garbled),
    path("states/403/", forbidden),
    path("states/403_csrf/", csrf_failure),
    path("states/500/", server_error),
    path("states/503/", unavailable),
    path("", include("django_celery.urls")),
]
