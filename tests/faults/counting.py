"""What became of applications, counted from outside: pages, mail server and object store."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import compat32
from math import ceil, inf
from typing import Any

from django_celery.local.delivery import object_keys
from django_celery.local.stack import Stack
from tests.faults.ledger import Journey, Ledger
from tests.faults.load import ACCEPTED, Accepted
from tests.faults.site import Answer, Page, Site

HR = "hr@example.com"
_FILES = {"dossier.pdf", "resume.pdf", "photo.jpg"}
_FOR_HR = {"dossier.pdf", "resume.pdf"}
_FOR_APPLICANT = {"dossier.pdf"}
_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Letters:
    """Of one application: the ids of those that the mail server took."""

    hr: tuple[str, ...]
    applicant: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.hr, *self.applicant)

    @property
    def doubled(self) -> int:
        """How many there are too many."""
        return max(len(self.hr) - 1, 0) + max(len(self.applicant) - 1, 0)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one accepted application.

    It is stored if all its files are in the store, and each letter encloses those that it should.
    """

    accepted: Accepted
    page: Page
    letters: Letters
    is_stored: bool

    @property
    def is_complete(self) -> bool:
        """Its page says so, both letters have arrived, and the store has what was in them."""
        arrived = bool(self.letters.hr and self.letters.applicant)
        return self.page["status"] == "done" and arrived and self.is_stored

    @property
    def unfinished(self) -> list[Page]:
        """The steps that did not succeed."""
        return [step for step in self.page["steps"] if step["status"] != "success"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was counted. Times are in seconds, ``journeys`` are by the pages' addresses."""

    asked: int
    fates: tuple[Fate, ...] = ()
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    doubled_rows: int = 0
    copies: Mapping[str, int] = field(default_factory=dict)
    noted: frozenset[str] = frozenset()

    @property
    def accepted(self) -> int:
        """How many people were."""
        return len({fate.accepted.email for fate in self.fates})

    @property
    def completed(self) -> int:
        return sum(fate.is_complete for fate in self.fates)

    @property
    def lost(self) -> int:
        return len(self.fates) - self.completed

    @property
    def doubled(self) -> int:
        """Letters too many."""
        return sum(fate.letters.doubled for fate in self.fates)

    def answered(self, status: int) -> int:
        return sum(answer.status == status for answer in self.answers)

    def percentile(self, share: float) -> float:
        """Within how many seconds this share (0 to 1) of the accepting answers came."""
        return percentile((each.seconds for each in self.answers if each.status == ACCEPTED), share)


def percentile(seconds: Iterable[float], share: float) -> float:
    """The value that this share of them (0 to 1) does not exceed; infinite for none."""
    ascending = sorted(seconds)
    return ascending[ceil(share * len(ascending)) - 1] if ascending else inf


def count(
    stack: Stack,
    site: Site,
    accepted: Sequence[Accepted],
    *,
    asked: int,
    keys_before: AbstractSet[str],
) -> Verdict:
    """What became of the applications of a crowd.

    ``asked`` are its people; ``site`` remembers the answers they got; ``keys_before`` are the
    store's of earlier ones.
    """
    pages = site.pages(each.page for each in accepted)
    journeys = Ledger(stack.environment["DATABASE_URL"]).journeys(pages)
    post = Post(stack)
    objects = Objects(stack, object_keys(stack.bucket) - keys_before)

    def fate(each: Accepted) -> Fate:
        letters = post.letters(each, pages[each.page])
        found = objects.of(journeys[each.page].application)
        return Fate(each, pages[each.page], letters, _is_stored(stack, letters, found))

    with ThreadPoolExecutor(_TOGETHER) as pool:
        fates = tuple(pool.map(fate, accepted))
    copies = post.copies(fates)
    return Verdict(
        asked=asked,
        fates=fates,
        journeys=journeys,
        answers=tuple(site.answers),
        doubled_rows=max(0, len(objects.owners | _owners(journeys)) - asked),
        copies=copies,
        noted=_noted(stack) if copies else frozenset(),
    )


def _owners(journeys: Mapping[str, Journey]) -> set[str]:
    return {journey.application for journey in journeys.values()}


def _is_stored(stack: Stack, letters: Letters, found: Mapping[str, str]) -> bool:
    """``found`` are the files in the store: SHA-256 by name."""
    return (
        set(found) == _FILES
        and all(_encloses(stack, name, found, _FOR_HR) for name in letters.hr)
        and all(_encloses(stack, name, found, _FOR_APPLICANT) for name in letters.applicant)
    )


def _encloses(stack: Stack, name: str, found: Mapping[str, str], wanted: AbstractSet[str]) -> bool:
    """Whether this letter encloses just these files, with those very bytes."""
    return set(_enclosed(stack.inbox.source(name))) == {found[file] for file in wanted}


def _noted(stack: Stack) -> frozenset[str]:
    """The letters that the back office shows a note beside, by Message-ID."""
    rows = json.loads(stack.manage("dumpdata", "applications.letter"))
    return frozenset(row["fields"]["message_id"] for row in rows if row["fields"]["note"])


# --- Mail -------------------------------------------------------------------------------------


class Post:
    """All that the mail server has taken, by whom it was for."""

    def __init__(self, stack: Stack) -> None:
        self._message_ids: dict[str, str] = {}
        self._by_recipient: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for message in stack.inbox.messages():
            self._message_ids[message["id"]] = message["message_id"]
            for recipient in message["recipients"]:
                self._by_recipient[recipient].append(message)

    def letters(self, accepted: Accepted, page: Page) -> Letters:
        """HR's letters are told by the reference in the subject, the applicant's by the address."""
        to_hr = self._by_recipient[HR]
        return Letters(
            tuple(each["id"] for each in to_hr if page["reference"] in each["subject"]),
            tuple(each["id"] for each in self._by_recipient[accepted.email]),
        )

    def copies(self, fates: Iterable[Fate]) -> dict[str, int]:
        """How often each Message-ID of these applications came that came more than once."""
        counted = Counter(self._message_ids[name] for fate in fates for name in fate.letters.all)
        return {message_id: count for message_id, count in counted.items() if count > 1}


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
        self._files: dict[str, dict[str, str]] = defaultdict(dict)
        # Reports and backups are nobody's.
        wanted = sorted(key for key in keys if key.startswith("applications/"))
        with ThreadPoolExecutor(_TOGETHER) as pool:
            for key, digest in zip(wanted, pool.map(self._read, wanted), strict=True):
                _folder, owner, name = key.split("/", 2)
                if digest:
                    self._files[owner][name] = digest

    def _read(self, key: str) -> str:
        answer = self._client.get_object(Bucket=self._bucket, Key=key)
        digest = hashlib.sha256(answer["Body"].read()).hexdigest()
        return digest if answer["Metadata"].get("sha256") == digest else ""

    @property
    def owners(self) -> set[str]:
        """The applications of which there is anything."""
        return set(self._files)

    def of(self, application: str) -> dict[str, str]:
        """SHA-256 by file name."""
        return self._files.get(application, {})
