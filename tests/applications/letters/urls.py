"""The back office as it is, and the applicant's page by the name of the contract."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path


def _page(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


urlpatterns = [
    path("staff/", admin.site.urls),
    path("applications/<token>/", _page, name="application"),
]
