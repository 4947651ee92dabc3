"""The stylesheet, with its fingerprint in the address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from applications import stylesheet

_YEAR = 365 * 24 * 60 * 60


@gzip_page
@require_safe
def styles(_request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Kept by browsers for a year; under an outdated fingerprint today's sheet, not kept."""
    is_current = fingerprint == stylesheet.fingerprint()
    keeping = f"public, max-age={_YEAR}, immutable" if is_current else "no-store"
    return HttpResponse(
        stylesheet.content(), content_type="text/css", headers={"Cache-Control": keeping}
    )
