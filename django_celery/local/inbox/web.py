"""The browser's side: pages for people, JSON for tests, and the switch for faults.

The sources of messages come from anywhere, so nothing of them runs: texts are escaped, HTML is
shown under a policy that allows neither scripts nor the network.
"""

import asyncio
import contextlib
import json
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django_celery.local.inbox import responses
from django_celery.local.inbox.faults import Faults, Tally
from django_celery.local.inbox.mailbox import Mailbox
from django_celery.local.inbox.responses import Response
from django_celery.local.inbox.smtp import Listener
from django_celery.local.ports import LOOPBACK

_MESSAGE = re.compile(r"/messages/(?P<name>[0-9]+-[0-9a-f]+)(?P<part>/.*)?")
_ATTACHMENT = re.compile(r"/attachments/(?P<number>[0-9]+)/[^/]*")


class InboxServer(ThreadingHTTPServer):
    """Listens from the moment it is made; answers after ``start()``."""

    daemon_threads = True
    # Many tests may ask at once.
    request_queue_size = 64

    def __init__(
        self, port: int, mailbox: Mailbox, listener: Listener, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__((LOOPBACK, port), _Request)
        self.mailbox = mailbox
        self.faults = Faults()
        self._listener = listener
        self._loop = loop

    @property
    def tally(self) -> Tally:
        """Whom the faults met so far."""
        return self._listener.tally

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, name="http", daemon=True).start()

    def follow(self, faults: Faults) -> None:
        """Return once the SMTP side fails as the plan says."""
        asyncio.run_coroutine_threadsafe(self._listener.follow(faults), self._loop).result(5)
        self.faults = faults


class _Request(BaseHTTPRequestHandler):
    server: InboxServer

    def do_GET(self) -> None:
        self._send(self._read())

    def do_PUT(self) -> None:
        if urlsplit(self.path).path != "/faults":
            self._send(responses.not_found())
            return
        length = int(self.headers.get("Content-Length", 0))
        self._send(self._follow(self.rfile.read(length)))

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: subjects and addresses of the pages would be in the log."""

    def _follow(self, plan: bytes) -> Response:
        try:
            self.server.follow(Faults.from_json(json.loads(plan)))
        except (ValueError, TypeError) as error:
            return responses.text(str(error), status=HTTPStatus.BAD_REQUEST)
        return responses.data(self.server.faults.to_json())

    def _read(self) -> Response:
        address = urlsplit(self.path)
        mailbox = self.server.mailbox
        if match := _MESSAGE.fullmatch(address.path):
            view = parse_qs(address.query).get("view", [""])[0]
            return _message(mailbox, match["name"], match["part"] or "", view)
        match address.path:
            case "/":
                return responses.inbox(mailbox)
            case "/latest":
                return responses.text(mailbox.latest())
            case "/messages.json" | "/faults" | "/faults/tally":
                return responses.data(self._data(address.path))
            case path:
                return responses.static(path)

    def _data(self, path: str) -> Any:
        match path:
            case "/messages.json":
                return [item.to_json() for item in self.server.mailbox.summaries()]
            case "/faults":
                return self.server.faults.to_json()
            case _:
                return self.server.tally.to_json()

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # somebody has closed the page
            self.wfile.write(response.body)


def _message(mailbox: Mailbox, name: str, part: str, view: str) -> Response:
    try:
        return _part(mailbox, name, part, view)
    except (FileNotFoundError, IndexError):
        return responses.not_found()


def _part(mailbox: Mailbox, name: str, part: str, view: str) -> Response:
    """Raises FileNotFoundError or IndexError for what is not there."""
    if match := _ATTACHMENT.fullmatch(part):
        return responses.attachment(mailbox.message(name), int(match["number"]))
    match part:
        case "":
            return responses.inbox(mailbox, open_name=name, view=view)
        case "/html":
            return responses.html_part(mailbox.message(name))
        case "/source":
            return responses.source(mailbox.source(name))
        case _:
            return responses.not_found()
