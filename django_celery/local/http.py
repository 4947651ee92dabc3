"""HTTP to the parts on this machine."""

import base64
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from types import MappingProxyType
from urllib.request import Request

from django_celery.local.ports import LOOPBACK

_NONE: Mapping[str, str] = MappingProxyType({})


def request(
    url: str,
    body: bytes | None = None,
    *,
    method: str | None = None,
    headers: Mapping[str, str] = _NONE,
) -> Request:
    """A request to this machine; ValueError for any other address."""
    if not url.startswith(f"http://{LOOPBACK}:"):
        raise ValueError(f"{url} is not on this machine.")
    return Request(url, body, dict(headers), method=method)  # noqa: S310 - it is http


def authorization(login: str) -> dict[str, str]:
    """The header for basic authentication with ``user:password`` (RFC 7617)."""
    return {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}


def fetch(asked: Request, *, patience: float = 10) -> bytes:
    """The body of a successful answer. Raises OSError, also for an answer that is none."""
    try:
        with urllib.request.urlopen(asked, timeout=patience) as answer:  # noqa: S310 - see request()
            content: bytes = answer.read()
    except HTTPException as broken:
        # Its sender died in the middle of it.
        raise ConnectionAbortedError(f"The answer broke off ({type(broken).__name__}).") from None
    return content
