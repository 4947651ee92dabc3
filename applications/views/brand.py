"""The company's stylesheet, icon and logo, each with its fingerprint in the address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from applications import branding, stylesheet
from applications.models import Brand

_FOR_A_YEAR = "public, max-age=31536000, immutable"


@gzip_page
@require_safe
@conditional_page
def styles(_request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Kept by browsers for a year; under an outdated fingerprint today's sheet, not kept.

    The database is asked only when this process does not know the sheet: the page that says that
    the database is away has its looks from here, too.
    """
    brand = branding.remembered()
    if fingerprint != stylesheet.fingerprint(brand.colour):
        brand = branding.current()
    is_current = fingerprint == stylesheet.fingerprint(brand.colour)
    return HttpResponse(
        stylesheet.content(brand.colour),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": _FOR_A_YEAR if is_current else "no-store"},
    )


@require_safe
@conditional_page
def icon(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The company's initial on its colour."""
    brand = branding.current()
    response = render(
        request, "applications/icon.svg", {"brand": brand}, content_type="image/svg+xml"
    )
    response["Cache-Control"] = _FOR_A_YEAR if fingerprint == brand.icon_fingerprint else "no-store"
    return response


@require_safe
def logo(_request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The logo. Raises Http404 for one that was replaced or taken away."""
    brand = get_object_or_404(Brand)
    if not brand.logo_sha256 or not brand.logo_sha256.startswith(fingerprint):
        raise Http404
    return HttpResponse(
        bytes(brand.logo), content_type="image/png", headers={"Cache-Control": _FOR_A_YEAR}
    )
