"""The open positions."""

import logging
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications.models import Job
from applications.views.guards import answers_outages, unavailable

logger = logging.getLogger(__name__)


@require_safe
@answers_outages
def jobs(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "applications/jobs.html", {"jobs": Job.objects.open(timezone.now())})


@require_safe
@answers_outages
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them."""
    now = timezone.now()
    job = find_announced(slug, now)
    if not job.is_open(now):
        return no_longer_open(request, job)
    return render(request, "applications/job.html", {"job": job})


def find_announced(slug: str, now: datetime) -> Job:
    """The job that is, or was, open. Raises Http404 for one that is not known or not yet open."""
    return get_object_or_404(Job, slug=slug, is_published=True, opens_at__lte=now)


def no_longer_open(request: HttpRequest, job: Job) -> HttpResponse:
    return render(request, "applications/closed.html", {"job": job}, status=HTTPStatus.GONE)


def not_ready(request: HttpRequest) -> HttpResponse:
    """Nobody can consent to nothing: no application is taken before there is a text."""
    logger.error("There is no consent text: write one in the back office.")
    return unavailable(request)
