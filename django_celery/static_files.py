"""Static files as they travel: WhiteNoise, compressing what was not compressed beforehand.

From a plain checkout nobody has run collectstatic; and where somebody has, WhiteNoise prefers the
files that the finders find to the compressed ones beside their copies.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware

_GZIP = GZipMiddleware(lambda _request: HttpResponse())


class StaticFiles:
    """WhiteNoise's middleware; style sheets and scripts leave it in gzip for whoever takes that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._whitenoise: Callable[[HttpRequest], HttpResponseBase]
        self._whitenoise = WhiteNoiseMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._whitenoise(request)
        if isinstance(response, WhiteNoiseFileResponse) and _is_text(response):
            # Its own tag names the uncompressed bytes; browsers ask again by the date.
            del response["ETag"]
            return _GZIP.process_response(request, response)
        return response


def _is_text(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "")
    return response.status_code == HTTPStatus.OK and kind.startswith("text/")
