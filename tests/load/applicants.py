"""``python -m tests.load.applicants``: people who apply in a burst and watch their pages.

It prints what they saw, as JSON (``Seen``). Locust makes sockets cooperative in the whole process,
so it has one to itself.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from locust import FastHttpUser, task  # first of all: it replaces the sockets of what follows
from locust.env import Environment
from locust.exception import StopUser

from django_celery.local.applicant import fill_in
from django_celery.local.ports import LOOPBACK
from django_celery.local.sample import SampleApplicant, sample_applicant
from tests.faults.load import SLUG, Accepted, people
from tests.faults.site import Answer

_PATH = f"/jobs/{SLUG}/apply/"
_POST, _PAGE = "Apply Now", "the applicant's page"
_METHODS = {_POST: "POST", _PAGE: "GET"}
_PRESSED_AGAIN_AFTER = 0.5
_ACCEPTED = 303
# htmx asks there, and so often, as long as the page says so.
_POLL = re.compile(r'hx-get="([^"]+)" hx-trigger="every (\d+)s"')
_ALONE = {"Connection": "close"}


@dataclass(frozen=True, slots=True)
class Seen:
    """By all applicants: what was accepted, the answers to POSTs, and those of the pages."""

    accepted: list[Accepted] = field(default_factory=list)
    posts: list[Answer] = field(default_factory=list)
    pages: list[Answer] = field(default_factory=list)

    def note(self, name: str, response_time: float, response: Any, **_about: object) -> None:
        """Locust's event of a request; ``response_time`` is in milliseconds."""
        kinds = {_POST: self.posts, _PAGE: self.pages}
        if name in kinds:
            answer = Answer(_METHODS[name], response.status_code, response_time / 1000)
            kinds[name].append(answer)


class Applicant(FastHttpUser):
    """Applies, pressing again when that fails, and watches the page until nothing moves there."""

    abstract = True
    network_timeout = connection_timeout = 60.0
    crowd: Iterator[SampleApplicant]
    seen: Seen

    @task
    def apply_and_watch(self) -> None:
        person = next(self.crowd, None)
        if person is None:
            # While it still brings people, Locust replaces those who are done.
            raise StopUser
        accepted = self._apply(person)
        self.seen.accepted.append(accepted)
        self._watch(accepted.page)
        raise StopUser

    def _apply(self, person: SampleApplicant) -> Accepted:
        form = self._get(_PATH, name="the form")
        body, content_type = fill_in(form, person)
        pressed_at = time.time()
        while True:
            answer = self.client.post(
                _PATH,
                data=body,
                headers={"Content-Type": content_type, **_ALONE},
                allow_redirects=False,
                name=_POST,
            )
            if answer.status_code == _ACCEPTED:
                page = str(answer.headers["Location"])
                return Accepted(person.email, page, pressed_at, time.time())
            time.sleep(_PRESSED_AGAIN_AFTER)

    def _watch(self, page: str) -> None:
        shown = self._get(page, name=_PAGE)
        while poll := _POLL.search(shown):
            time.sleep(int(poll[2]))
            # 204: what is shown is right.
            shown = self._get(poll[1], name=_PAGE, **{"HX-Request": "true"}) or shown

    def _get(self, path: str, *, name: str, **headers: str) -> str:
        """What came; nothing when there is nothing new, or no answer."""
        return self.client.get(path, headers={**headers, **_ALONE}, name=name).text or ""


def burst(port: int, *, number: int, rate: float, limit: float) -> Seen:
    """So many people, ``rate`` new ones a second; what they saw within ``limit`` seconds."""
    seen = Seen()
    crowd = iter(people(sample_applicant(), "burst", number))
    applicant = type("Applicant", (Applicant,), {"crowd": crowd, "seen": seen})
    environment = Environment(user_classes=[applicant], host=f"http://{LOOPBACK}:{port}")
    environment.events.request.add_listener(seen.note)
    runner = environment.create_local_runner()
    runner.start(number, spawn_rate=rate)
    runner.spawning_greenlet.join()
    runner.user_greenlets.join(timeout=limit)
    runner.quit()
    return seen


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.applicants", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--number", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True, help="new ones a second")
    parser.add_argument("--limit", type=float, required=True, help="seconds after the last one")
    return parser.parse_args()


if __name__ == "__main__":
    json.dump(asdict(burst(**vars(_arguments()))), sys.stdout)
