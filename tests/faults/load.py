"""Many people who apply through the web form at a steady rate, each as a browser does."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException

from django_celery.local.applicant import fill_in
from django_celery.local.ports import LOOPBACK
from django_celery.local.sample import SampleApplicant

SLUG = "backend-engineer"
RATE = 8.0  # applications per second

_PATH = f"/jobs/{SLUG}/apply/"
_PATIENCE = 30.0  # seconds for one answer
_PRESSED_AGAIN_AFTER = 0.5
_GIVEN_UP_AFTER = 180.0
_ACCEPTED = 303


class GivenUp(Exception):
    """Somebody gave up: the site did not take the application for minutes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a POST: its status, 0 for a lost connection, and after how long."""

    status: int
    seconds: float
    location: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An application that the site said it has. ``at`` is in seconds since 1970."""

    email: str
    page: str
    at: float


class Crowd:
    """Sends in the applications of these people from a thread of its own.

    ``at_once`` is how many times each form is posted at the same moment. A person whose POST
    fails presses the button again, with the same form.
    """

    def __init__(
        self, port: int, people: Sequence[SampleApplicant], *, rate: float = RATE, at_once: int = 1
    ) -> None:
        self.people = people
        self.accepted: list[Accepted] = []
        self.answers: list[Answer] = []
        self.begun = 0
        self._port = port
        self._rate = rate
        self._at_once = at_once
        self._pool = ThreadPoolExecutor(64)
        self._thread = threading.Thread(target=self._send_all, name="crowd")

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Return when everybody has been accepted or has given up."""
        self._thread.join()
        self._pool.shutdown()

    def _send_all(self) -> None:
        began = time.monotonic()
        for number, person in enumerate(self.people):
            time.sleep(max(0.0, began + number / self._rate - time.monotonic()))
            self.begun += 1
            self._pool.submit(self._apply, person)

    def _apply(self, person: SampleApplicant) -> None:
        # Who gives up is missing among the accepted.
        with suppress(GivenUp):
            for page in self._send(person):
                self.accepted.append(Accepted(person.email, page, time.time()))

    def _send(self, person: SampleApplicant) -> set[str]:
        """The pages that the answers lead to: one, unless something is wrong."""
        page, cookie = self._form()
        body, content_type = fill_in(page, person)
        headers = {"Content-Type": content_type, "Cookie": cookie}
        if self._at_once == 1:
            return {self._press(body, headers)}
        with ThreadPoolExecutor(self._at_once) as hands:
            presses = [hands.submit(self._press, body, headers) for _ in range(self._at_once)]
        return {press.result() for press in presses}

    def _form(self) -> tuple[str, str]:
        """The page with the form, and the cookie that came with it."""
        give_up = time.monotonic() + _GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            try:
                status, headers, content = ask(self._port, "GET", _PATH)
            except (OSError, HTTPException):
                status = 0
            if status == 200:
                return content.decode(), headers["Set-Cookie"].partition(";")[0]
            time.sleep(_PRESSED_AGAIN_AFTER)
        raise GivenUp("The form could not be fetched.")

    def _press(self, body: bytes, headers: dict[str, str]) -> str:
        give_up = time.monotonic() + _GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            answer = self._post(body, headers)
            self.answers.append(answer)
            if answer.status == _ACCEPTED:
                return answer.location
            time.sleep(_PRESSED_AGAIN_AFTER)
        raise GivenUp(f"The last answer was {answer.status}.")

    def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        began = time.monotonic()
        try:
            status, found, _content = ask(self._port, "POST", _PATH, body, headers)
        except (OSError, HTTPException):
            return Answer(0, time.monotonic() - began)
        return Answer(status, time.monotonic() - began, found.get("Location", ""))


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer, on a connection of its own.

    Raises OSError or HTTPException when there is none.
    """
    connection = HTTPConnection(LOOPBACK, port, timeout=_PATIENCE)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()


def people(like: SampleApplicant, row: str, count: int) -> list[SampleApplicant]:
    """So many of them, each with an address of their own."""
    return [replace(like, email=f"{row}.{number}@example.org") for number in range(count)]
