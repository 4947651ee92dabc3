"""What became of applications, counted from outside: pages, mail server and object store."""

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from http.client import HTTPException
from math import ceil, inf
from typing import Any
from urllib.parse import urlsplit

from django_celery.local.delivery import object_keys
from django_celery.local.stack import Stack
from tests.faults.load import Accepted, Answer, ask
from tests.faults.system import wait_for

Page = dict[str, Any]
"""The contract's JSON of an application's page."""

HR = "hr@example.com"
_FILES = {"dossier.pdf", "resume.pdf", "photo.jpg"}
_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Letters:
    """Of one application: the ids of those that the mail server took."""

    hr: tuple[str, ...]
    applicant: tuple[str, ...]

    @property
    def doubled(self) -> int:
        """How many there are too many."""
        return max(len(self.hr) - 1, 0) + max(len(self.applicant) - 1, 0)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one accepted application."""

    accepted: Accepted
    page: Page
    letters: Letters
    is_stored: bool

    @property
    def is_complete(self) -> bool:
        """Its page says so, both letters have arrived, and the store has what was in them."""
        arrived = bool(self.letters.hr and self.letters.applicant)
        return self.page["status"] == "done" and arrived and self.is_stored


def read_page(stack: Stack, page: str) -> Page:
    """Asked again until the site answers."""
    found: list[Page] = []

    def answers() -> bool:
        try:
            status, _headers, content = ask(stack.ports["web"], "GET", _json_path(page))
        except (OSError, HTTPException):
            return False
        if status == 200:
            found.append(json.loads(content))
        return bool(found)

    wait_for(answers, f"there: {_json_path(page)}", limit=60)
    return found[0]


def read_pages(stack: Stack, accepted: Iterable[Accepted]) -> dict[str, Page]:
    """Each page's JSON by its address."""
    pages = sorted({each.page for each in accepted})
    with ThreadPoolExecutor(_TOGETHER) as pool:
        return dict(zip(pages, pool.map(lambda page: read_page(stack, page), pages), strict=True))


def wait_for_arrival(stack: Stack, accepted: Iterable[Accepted], *, limit: float) -> None:
    """Return when no application is on its way any more, or when the time is over.

    One page at a time is asked for: whoever reloads all of them takes the machine from the workers.
    """
    deadline = time.monotonic() + limit
    for each in accepted:
        while _moves(read_page(stack, each.page)) and time.monotonic() < deadline:
            time.sleep(0.2)


def _moves(page: Page) -> bool:
    """A failed run may have another branch that still goes on."""
    if page["status"] == "active":
        return True
    return any(step["status"] in {"sent", "started", "retry"} for step in page["steps"])


def _json_path(page: str) -> str:
    return f"{urlsplit(page).path.rstrip('/')}.json"


# --- Mail -------------------------------------------------------------------------------------


class Post:
    """All that the mail server has taken, by whom it was for."""

    def __init__(self, stack: Stack) -> None:
        self._messages = stack.inbox.messages()
        self._by_recipient: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for message in self._messages:
            for recipient in message["recipients"]:
                self._by_recipient[recipient].append(message)

    def letters(self, accepted: Accepted, page: Page) -> Letters:
        """HR's letters are told by the reference in the subject, the applicant's by the address."""
        to_hr = self._by_recipient[HR]
        return Letters(
            tuple(each["id"] for each in to_hr if page["reference"] in each["subject"]),
            tuple(each["id"] for each in self._by_recipient[accepted.email]),
        )

    def message_id(self, name: str) -> str:
        return next(each["message_id"] for each in self._messages if each["id"] == name)

    def copies(self, fates: Iterable[Fate]) -> dict[str, int]:
        """How often each Message-ID of these applications came that came more than once."""
        names = [name for fate in fates for name in (*fate.letters.hr, *fate.letters.applicant)]
        counted = Counter(self.message_id(name) for name in names)
        return {message_id: count for message_id, count in counted.items() if count > 1}


def _application_id(message_id: str) -> str:
    return message_id.strip("<>").partition(".")[0]


def _enclosed(source: bytes) -> Iterator[str]:
    """The SHA-256 of each file in the letter."""
    # Headers are not looked at, so the policy that reads them well would be time for nothing.
    for part in message_from_bytes(source, policy=compat32).walk():
        if part.get_content_disposition() == "attachment":
            yield hashlib.sha256(part.get_payload(decode=True)).hexdigest()


# --- The object store -------------------------------------------------------------------------


class Objects:
    """The store's objects, read back: SHA-256 by key, of those that are what they claim to be."""

    def __init__(self, stack: Stack, keys: Iterable[str]) -> None:
        self._client = stack.bucket.client()
        self._bucket = stack.bucket.name
        with ThreadPoolExecutor(_TOGETHER) as pool:
            found = dict(pool.map(self._read, sorted(keys)))
        self.sha256 = {key: digest for key, digest in found.items() if digest}

    def _read(self, key: str) -> tuple[str, str]:
        answer = self._client.get_object(Bucket=self._bucket, Key=key)
        digest = hashlib.sha256(answer["Body"].read()).hexdigest()
        return key, digest if answer["Metadata"].get("sha256") == digest else ""

    @property
    def owners(self) -> set[str]:
        """The applications of which there is anything; reports and backups are nobody's."""
        return {key.split("/")[1] for key in self.sha256 if key.startswith("applications/")}

    def of(self, application_id: str) -> dict[str, str]:
        """SHA-256 by file name."""
        prefix = f"applications/{application_id}/"
        return {
            key.removeprefix(prefix): digest
            for key, digest in self.sha256.items()
            if key.startswith(prefix)
        }


# --- All of it --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was counted after a row. Times are in seconds."""

    fates: tuple[Fate, ...]
    asked: int
    doubled_rows: int
    answers: tuple[Answer, ...]
    copies: dict[str, int]
    noted: frozenset[str]

    @property
    def accepted(self) -> int:
        return len(self.fates)

    @property
    def completed(self) -> int:
        return sum(fate.is_complete for fate in self.fates)

    @property
    def lost(self) -> int:
        return self.accepted - self.completed

    @property
    def doubled(self) -> int:
        """Letters too many."""
        return sum(fate.letters.doubled for fate in self.fates)

    def answered(self, status: int) -> int:
        return sum(answer.status == status for answer in self.answers)

    @property
    def seconds(self) -> list[float]:
        """How long the answers took that accepted something, ascending."""
        return sorted(answer.seconds for answer in self.answers if answer.status == 303)

    def percentile(self, share: float) -> float:
        """Within how many seconds this share (0 to 1) of them was answered."""
        return self.seconds[ceil(share * len(self.seconds)) - 1] if self.seconds else inf


def count(
    stack: Stack,
    accepted: Sequence[Accepted],
    *,
    asked: int,
    answers: Iterable[Answer],
    keys_before: AbstractSet[str],
) -> Verdict:
    """What became of the applications of a crowd.

    ``asked`` are its people, ``answers`` those to their POSTs; ``keys_before`` are the store's
    of earlier ones.
    """
    pages = read_pages(stack, accepted)
    post = Post(stack)
    objects = Objects(stack, object_keys(stack.bucket) - keys_before)
    with ThreadPoolExecutor(_TOGETHER) as pool:
        fates = tuple(
            pool.map(lambda each: _fate(stack, each, pages[each.page], post, objects), accepted)
        )
    copies = post.copies(fates)
    return Verdict(
        fates=fates,
        asked=asked,
        doubled_rows=len(objects.owners - _known(fates, post)) + _surplus(accepted),
        answers=tuple(answers),
        copies=copies,
        noted=_noted(stack) if copies else frozenset(),
    )


def _noted(stack: Stack) -> frozenset[str]:
    """The letters that the back office shows a note beside, by Message-ID."""
    rows = json.loads(stack.manage("dumpdata", "applications.letter"))
    return frozenset(row["fields"]["message_id"] for row in rows if row["fields"]["note"])


def _fate(stack: Stack, accepted: Accepted, page: Page, post: Post, objects: Objects) -> Fate:
    letters = post.letters(accepted, page)
    return Fate(accepted, page, letters, _is_stored(stack, letters, post, objects))


def _is_stored(stack: Stack, letters: Letters, post: Post, objects: Objects) -> bool:
    """All its files are in the store, and the letters enclose those very bytes."""
    names = (*letters.hr, *letters.applicant)
    if not names:
        return False
    found = objects.of(_application_id(post.message_id(names[0])))
    enclosed = {each for name in names for each in _enclosed(stack.inbox.source(name))}
    return set(found) == _FILES and enclosed <= set(found.values())


def _known(fates: Iterable[Fate], post: Post) -> set[str]:
    names = (name for fate in fates for name in (*fate.letters.hr, *fate.letters.applicant))
    return {_application_id(post.message_id(name)) for name in names}


def _surplus(accepted: Sequence[Accepted]) -> int:
    """Pages beyond the first of a person."""
    return len({each.page for each in accepted}) - len({each.email for each in accepted})


def started(step: Page) -> float:
    """When the last attempt of a step began, in seconds since 1970; 0 if none has."""
    return datetime.fromisoformat(step["started_at"]).timestamp() if step["started_at"] else 0.0


def steps_named(page: Page, names: Iterable[str]) -> list[Page]:
    return [step for step in page["steps"] if step["name"] in set(names)]
