"""What the inbox answers over HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from django_celery.local.inbox import message as messages
from django_celery.local.inbox import pages
from django_celery.local.inbox.mailbox import Mailbox

_STATIC = Path(__file__).with_name("static")
_STATIC_TYPES = MappingProxyType({".css": "text/css", ".js": "text/javascript"})
# What a browser shows without running anything of it.
_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain"})

_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'"
)
_LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
)


@dataclass(frozen=True)
class Response:
    """Status, headers and body."""

    body: bytes
    content_type: str
    status: HTTPStatus = HTTPStatus.OK
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": self.content_type,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **self.extra,
        }


def text(content: str, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(content.encode(), "text/plain; charset=utf-8", status)


def source(content: bytes) -> Response:
    """A message, byte for byte."""
    return Response(content, "text/plain; charset=utf-8")


def data(content: Any) -> Response:
    return Response(json.dumps(content, indent=1).encode(), "application/json")


def not_found() -> Response:
    return text("There is nothing at this address.", status=HTTPStatus.NOT_FOUND)


def static(path: str) -> Response:
    """A file of this package; by its name, so that no path leads elsewhere."""
    for file in _STATIC.iterdir():
        if path == f"/{file.name}":
            return Response(file.read_bytes(), f"{_STATIC_TYPES[file.suffix]}; charset=utf-8")
    return not_found()


def inbox(mailbox: Mailbox, *, open_name: str = "", view: str = "") -> Response:
    """The list, with one message open beside it. Raises FileNotFoundError if that is not there."""
    opened = pages.Opened(mailbox.source(open_name), view) if open_name else None
    content = pages.inbox(mailbox.summaries(), open_name=open_name, opened=opened)
    return _page(content, _PAGE_POLICY)


def html_part(message: EmailMessage) -> Response:
    """The HTML of a message, for a frame; its links open in new tabs."""
    content = messages.body(message, "html")
    return not_found() if content is None else _page(pages.letter(content), _LETTER_POLICY)


def attachment(message: EmailMessage, number: int) -> Response:
    """Shown if browsers can show it safely, else downloaded. Raises IndexError."""
    about, content = messages.attachment(message, number)
    shown = about.content_type in _SHOWN
    disposition = "inline" if shown else "attachment"
    return Response(
        content,
        about.content_type if shown else "application/octet-stream",
        extra={"Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(about.name, '')}"},
    )


def _page(content: str, policy: str) -> Response:
    extra = {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
    return Response(content.encode(), "text/html; charset=utf-8", extra=extra)
