"""The open positions."""

import logging
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from applications.models import Job
from applications.services import closing
from applications.services.search import Search, find, like, wider
from applications.sharing.posting import as_json_ld
from applications.views.guards import answers_outages, unavailable
from applications.views.paging import address_of, pages

logger = logging.getLogger(__name__)

# A position may open or close at any moment: caches ask each time, and mostly hear 304.
never_stale = cache_control(public=True, no_cache=True)


@gzip_page
@require_safe
@answers_outages
@conditional_page
@never_stale
def jobs(request: HttpRequest) -> HttpResponse:
    """Those that a search finds: all of them, if there is nothing in it."""
    search = Search.read(request.GET)
    if _has_blanks(request):
        return HttpResponseRedirect(address_of(search))
    now = timezone.now()
    found = find(search, now)
    context = {
        "found": found,
        "search": search,
        "wider": [] if found.count else wider(search, now),
        "pages": pages(found, search, request.GET.get("page")),
        "now": now,
    }
    return render(request, "applications/jobs.html", context)


@gzip_page
@require_safe
@answers_outages
@conditional_page
@never_stale
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them."""
    now = timezone.now()
    job = find_announced(slug, now)
    if not job.is_open(now):
        return no_longer_open(request, job)
    context = {
        "job": job,
        "others": like(job, now),
        "now": now,
        "posting": as_json_ld(job),
        "can_remind": closing.is_offered(job, now),
    }
    return render(request, "applications/job.html", context)


def _has_blanks(request: HttpRequest) -> bool:
    """A form sends its empty fields too; a link that is kept should not have them."""
    return "" in request.GET.values()


def find_announced(slug: str, now: datetime) -> Job:
    """The job that is, or was, open, also if it was taken down since.

    Raises Http404 for one that is not known, or that nobody has seen yet.
    """
    is_announced = Q(is_published=True, opens_at__lte=now) | Q(listed_at__isnull=False)
    return get_object_or_404(Job, is_announced, slug=slug)


def no_longer_open(
    request: HttpRequest, job: Job, written: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """What closed, when, and what is open beside it; to a form that came too late, that it did.

    ``written`` are that form's own words, label and text, which would be lost otherwise.
    """
    now = timezone.now()
    context = {
        "job": job,
        "has_closed": job.is_published and job.closes_at is not None and job.closes_at <= now,
        "others": like(job, now),
        "now": now,
        "came_late": request.method == "POST",
        "written": written,
    }
    return render(request, "applications/closed.html", context, status=HTTPStatus.GONE)


def not_ready() -> HttpResponse:
    """Nobody can consent to nothing: no application is taken before there is a text."""
    logger.error("There is no consent text: write one in the back office.")
    return unavailable()
