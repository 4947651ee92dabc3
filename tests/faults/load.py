"""Many people who apply through the web form at a steady rate, each as a browser does."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace

from django_celery.local.applicant import fill_in
from django_celery.local.sample import SampleApplicant
from tests.faults.site import Reply, Site

SLUG = "backend-engineer"
RATE = 8.0  # applications per second
ACCEPTED = 303

_PATH = f"/jobs/{SLUG}/apply/"
_PRESSED_AGAIN_AFTER = 0.5
_GIVEN_UP_AFTER = 180.0
_OK = 200


class GivenUp(Exception):
    """Somebody gave up: the site did not take the application for minutes."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An application that the site said it has. Times are in seconds since 1970."""

    email: str
    page: str
    pressed_at: float
    at: float

    @property
    def waited(self) -> float:
        """From the first press of the button, however often it took another one."""
        return self.at - self.pressed_at


class Crowd:
    """Sends in the applications of these people from a thread of its own.

    ``at_once`` is how many times each form is posted at the same moment. A person whose POST
    fails presses the button again, with the same form.
    """

    def __init__(
        self, site: Site, people: Sequence[SampleApplicant], *, rate: float = RATE, at_once: int = 1
    ) -> None:
        self.people = people
        self.accepted: list[Accepted] = []
        self._site = site
        self._rate = rate
        self._at_once = at_once
        # Whoever waits for an answer must not hold up the next one.
        self._pool = ThreadPoolExecutor(len(people))
        self._thread = threading.Thread(target=self._send_all, name="crowd")

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Return when everybody has been accepted or has given up."""
        self._thread.join()
        self._pool.shutdown()

    @property
    def is_through(self) -> bool:
        """Whether everybody has been accepted."""
        return len({each.email for each in self.accepted}) == len(self.people)

    def _send_all(self) -> None:
        began = time.monotonic()
        for number, person in enumerate(self.people):
            time.sleep(max(0.0, began + number / self._rate - time.monotonic()))
            self._pool.submit(self._apply, person)

    def _apply(self, person: SampleApplicant) -> None:
        # Who gives up is missing among the accepted.
        with suppress(GivenUp):
            form = self._form()
            pressed_at = time.time()
            for page in self._send(form, person):
                self.accepted.append(Accepted(person.email, page, pressed_at, time.time()))

    def _form(self) -> Reply:
        """The page with the form, and the cookie that came with it."""
        give_up = time.monotonic() + _GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            reply = self._site.ask("GET", _PATH)
            if reply.status == _OK:
                return reply
            time.sleep(_PRESSED_AGAIN_AFTER)
        raise GivenUp("The form could not be fetched.")

    def _send(self, form: Reply, person: SampleApplicant) -> set[str]:
        """The pages that the answers lead to: one, unless something is wrong."""
        body, content_type = fill_in(form.content.decode(), person)
        cookie = form.headers["Set-Cookie"].partition(";")[0]
        headers = {"Content-Type": content_type, "Cookie": cookie}
        with ThreadPoolExecutor(self._at_once) as hands:
            presses = [hands.submit(self._press, body, headers) for _ in range(self._at_once)]
        return {press.result() for press in presses}

    def _press(self, body: bytes, headers: dict[str, str]) -> str:
        give_up = time.monotonic() + _GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            reply = self._site.ask("POST", _PATH, body, headers)
            if reply.status == ACCEPTED:
                return reply.headers["Location"]
            time.sleep(_PRESSED_AGAIN_AFTER)
        raise GivenUp(f"The last answer was {reply.status}.")


def people(like: SampleApplicant, row: str, count: int) -> list[SampleApplicant]:
    """So many of them, each with an address of their own."""
    return [replace(like, email=f"{row}.{number}@example.org") for number in range(count)]
