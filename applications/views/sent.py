"""Whoever comes back to a form that they have just sent is told so: in this browser, for a while.

Not every browser shows the page as it was left; one that loads it anew gets a new key under what
was typed, and pressing Apply Now again would be another application.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from applications.models import Application, Job

_COOKIE = "sent"
# On a computer that people share, the link must not stay for the next one.
_FOR = timedelta(minutes=15)


def remember(response: HttpResponse, application: Application) -> None:
    """For this position's form alone; no script can read it."""
    response.set_cookie(
        _COOKIE,
        application.token,
        max_age=_FOR,
        path=reverse("apply", kwargs={"slug": application.job.slug}),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def just_sent(request: HttpRequest, job: Job) -> Application | None:
    """What this browser has sent with this form, if that was moments ago and stands."""
    token = request.COOKIES.get(_COOKIE)
    if not token:
        return None
    found = Application.objects.filter(job=job, token=token)
    return found.exclude(stage=Application.Stage.WITHDRAWN).first()
