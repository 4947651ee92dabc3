"""A browser's way through the form, with the POST alone on the clock."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from types import MappingProxyType

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from applications.models import Job
from benchmarks import applicant
from django_celery.local.ports import LOOPBACK

SLUG = "backend-engineer"

_PATH = f"/jobs/{SLUG}/apply/"
_TOKEN = re.compile(r"csrftoken=(\w+)")
_PATIENCE = 60
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Posted:
    """When a POST began (seconds since 1970), and how long it took to the answer's last byte.

    ``page`` is where the answer leads to.
    """

    at: float
    seconds: float
    page: str


class Visitor:
    """Applies for the demo's first position at the site on ``port``."""

    def __init__(self, port: int) -> None:
        self._port = port
        job = Job.objects.prefetch_related("questions").get(slug=SLUG)
        self._questions = list(job.questions.all())

    def apply(self) -> Posted:
        """Fetch the form, off the clock, and send it."""
        return self.send(self.fetch_form())

    def fetch_form(self) -> str:
        """The token that the form brings against forgery."""
        answer = _Exchange(self._port, "GET").answer
        found = _TOKEN.search(answer.headers["Set-Cookie"] or "")
        if found is None:
            raise RuntimeError("The form came without a CSRF cookie.")
        return found[1]

    def send(self, token: str = "") -> Posted:
        """Send the form on a connection of its own."""
        body = self._body(token)
        headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": f"csrftoken={token}"}
        exchange = _Exchange(self._port, "POST", body, headers)
        if exchange.answer.status != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"The form was answered with {exchange.answer.status}.")
        return exchange.posted

    def _body(self, token: str) -> bytes:
        return encode_multipart(
            BOUNDARY,
            {
                "csrfmiddlewaretoken": token,
                **applicant.form(self._questions),
            },
        )


class _Exchange:
    """One request on a connection of its own, and its answer, read to the end."""

    def __init__(
        self, port: int, method: str, body: bytes = b"", headers: Mapping[str, str] = _NONE
    ) -> None:
        connection = HTTPConnection(LOOPBACK, port, timeout=_PATIENCE)
        at, began = time.time(), time.perf_counter()
        connection.request(method, _PATH, body, headers)
        self.answer: HTTPResponse = connection.getresponse()
        self.answer.read()
        seconds = time.perf_counter() - began
        self.posted = Posted(at, seconds, self.answer.headers["Location"] or "")
        connection.close()
