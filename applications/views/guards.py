"""What stands before the views: answers to requests that cannot be served as they are."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from applications.models import Document, Question
from applications.uploads import RULES
from pipelines.patience import DATABASE_AWAY

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View: TypeAlias = Callable[Concatenate[R, P], HttpResponse]

RETRY_AFTER = 30  # seconds

_MEBIBYTE = 1024 * 1024
# Every file that a form may ask for, at its largest, and 3 MB for the rest of the form.
MAX_BODY = (
    RULES[Document.Kind.RESUME].max_bytes
    + RULES[Document.Kind.PHOTO].max_bytes
    + Question.MAX_FILES * RULES[Document.Kind.QUESTION].max_bytes
    + 3 * _MEBIBYTE
)
# A browser shows our answer only when it could send what it was sending; beyond this it may not.
_MAX_DRAINED = 256 * _MEBIBYTE
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

logger = logging.getLogger(__name__)


def refuses_large_bodies(view: View[R, P]) -> View[R, P]:
    """Answer 413 with what to do, before anything of the body is parsed.

    Not for a view that the CSRF middleware looks at first: it parses the body.
    """

    @wraps(view)
    def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _content_length(request) > MAX_BODY:
            _drain(request)
            return refuse_as_too_large()
        try:
            return view(request, *args, **kwargs)
        except _TOO_MUCH:
            return refuse_as_too_large()

    return guarded


def refuse_as_too_large() -> HttpResponse:
    """413, with what to do. The way back alone leads to the form as it was filled in."""
    page = render_to_string("413.html")
    return HttpResponse(page, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def answers_outages(view: View[R, P]) -> View[R, P]:
    """Answer 503 with when to come back while the database does not answer."""

    @wraps(view)
    def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DATABASE_AWAY as error:
            note_outage(error)
            return unavailable()

    return guarded


def note_outage(error: Exception) -> None:
    """Log the class alone: the text of a database's error may quote a person's data."""
    logger.error("The database does not answer: %s", type(error).__name__)


def unavailable() -> HttpResponse:
    """The page for what is not the visitor's fault."""
    # Without the request: such a page asks the database for nothing.
    page = render_to_string("503.html")
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def is_private(view: View[R, P]) -> View[R, P]:
    """For pages with a secret in their address: kept nowhere, found by no search engine, and
    told to nobody whom a link on them leads to.

    A page with a form that is posted needs ``is_private_form``.
    """
    return _kept_private(view, "no-referrer")


def is_private_form(view: View[R, P]) -> View[R, P]:
    """``is_private`` for a page with a form; this site alone learns where it was sent from.

    Under no-referrer a browser would name ``null`` as the form's origin, which the check against
    forged requests refuses: https://fetch.spec.whatwg.org/#append-a-request-origin-header
    """
    return _kept_private(view, "same-origin")


def _kept_private(view: View[R, P], referrer_policy: str) -> View[R, P]:
    @wraps(view)
    def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = referrer_policy
        return response

    return guarded


def _content_length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    for _block in range(_MAX_DRAINED // _MEBIBYTE):
        if not request.read(_MEBIBYTE):
            return
