"""The site as browsers and programs see it. Every answer is remembered."""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django_celery.local.ports import LOOPBACK
from tests.faults.waiting import wait_for

Page = dict[str, Any]
"""The contract's JSON of an application's page."""

NO_ANSWER = 0
_OK = 200
_PATIENCE = 30.0  # seconds for one answer
_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request was answered, with which status, and after how long."""

    method: str
    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. The status is 0 where nothing did."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


class Site:
    """The web server on this port."""

    def __init__(self, port: int) -> None:
        self.answers: list[Answer] = []
        self._port = port

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Reply:
        """On a connection of its own."""
        began = time.monotonic()
        try:
            reply = self._ask(method, path, body, headers or {})
        except (OSError, HTTPException):
            reply = Reply(NO_ANSWER)
        self.answers.append(Answer(method, reply.status, time.monotonic() - began))
        return reply

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        connection = HTTPConnection(LOOPBACK, self._port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def page(self, address: str) -> Page:
        """An application's page, asked for again until it is there."""
        path = f"{urlsplit(address).path.rstrip('/')}.json"
        content = wait_for(lambda: self._content(path), f"there: {path}")
        found: Page = json.loads(content)
        return found

    def _content(self, path: str) -> bytes:
        reply = self.ask("GET", path)
        return reply.content if reply.status == _OK else b""

    def pages(self, addresses: Iterable[str]) -> dict[str, Page]:
        """Each page by its address."""
        wanted = sorted(set(addresses))
        with ThreadPoolExecutor(_TOGETHER) as pool:
            return dict(zip(wanted, pool.map(self.page, wanted), strict=True))

    def wait_for_arrival(self, addresses: Iterable[str], *, limit: float) -> None:
        """Return when no application is on its way any more, or when the time is over.

        One page at a time is asked for: who reloads all of them takes the machine from the workers.
        """
        deadline = time.monotonic() + limit
        for address in addresses:
            while _moves(self.page(address)) and time.monotonic() < deadline:
                time.sleep(0.2)


def _moves(page: Page) -> bool:
    """A failed run may have another branch that still goes on."""
    if page["status"] == "active":
        return True
    return any(step["status"] in {"sent", "started", "retry"} for step in page["steps"])
