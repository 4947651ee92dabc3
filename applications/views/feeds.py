"""What programs ask of the open positions."""

from dataclasses import asdict

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from applications.services import publishing
from applications.services.search import Search
from applications.sharing import card
from applications.sharing.sitemap import SITEMAPS
from applications.views.guards import answers_outages
from applications.views.positions import find_announced

_MINUTES = 5 * 60
_kept = cache_control(public=True, max_age=_MINUTES)


@gzip_page
@require_safe
@answers_outages
@conditional_page
@_kept
def feed(request: HttpRequest) -> HttpResponse:
    """The newest positions as Atom; with the parameters of a search, those that it finds."""
    content = publishing.feed(Search.read(request.GET), timezone.now())
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
@answers_outages
@conditional_page
@_kept
def counters(_request: HttpRequest) -> JsonResponse:
    """How many positions are open, for other pages of the company: any of them may ask."""
    counters = publishing.published(timezone.now()).counters
    return JsonResponse(asdict(counters), headers={"Access-Control-Allow-Origin": "*"})


@gzip_page
@require_safe
@answers_outages
@conditional_page
@_kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that search engines should visit."""
    return views.sitemap(request, SITEMAPS)


@require_safe
@answers_outages
@conditional_page
@_kept
def list_card(_request: HttpRequest) -> HttpResponse:
    """The picture beside a link to the list."""
    return HttpResponse(card.of_list(), content_type="image/png")


@require_safe
@answers_outages
@conditional_page
@_kept
def job_card(_request: HttpRequest, slug: str) -> HttpResponse:
    """The picture beside a link to a position; a closed one keeps it, as its link is kept."""
    job = find_announced(slug, timezone.now())
    return HttpResponse(card.of_job(job), content_type="image/png")


@require_safe
@_kept
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers need not go (RFC 9309). What they must not list says so itself."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
