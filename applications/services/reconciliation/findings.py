"""What may be found wrong, and what is done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import transaction

Repair = Callable[[datetime], None]


class Problem(Enum):
    """Something that is not as it should be: it has a ``remedy``, or needs a person's ``deed``."""

    NO_RUN = "accepted, but nothing carries it", "given a run"
    DOSSIER_LOST = "the dossier is not in the object store", "drawn and stored again"
    NOT_STORED = "a document is in the database and not in the object store", "stored again"
    STAGED_LEFT = "the bytes of a stored document are still in the database", "cleared"
    LETTER_UNSENT = "a letter has never gone out", "sent"
    ORIGINAL_LOST = "a file that the applicant sent is gone", "", "ask the applicant for it"
    DOSSIER_UNDRAWABLE = (
        "the dossier is gone, and so is an upload that belongs in it",
        "",
        "ask the applicant for the upload",
    )
    LETTER_IN_DOUBT = (
        "nobody knows whether the mail server has a letter",
        "",
        "ask its reader, and decide under Letters in the back office",
    )
    STEP_FAILED = "a step has failed", "", "resume its run once the cause is gone"
    STRAY_OBJECT = (
        "an object in the bucket belongs to no application",
        "",
        "find out whose it was, and delete it",
    )

    def __init__(self, words: str, remedy: str, deed: str = "") -> None:
        self.words = words
        self.remedy = remedy
        self.deed = deed

    @property
    def needs_person(self) -> bool:
        return not self.remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong. Nothing in it is personal.

    ``subject`` is the application's reference, or the key of an object, the run or the number of a
    letter that has none; ``put_right`` does what the problem's remedy says, or sets it going.
    ``is_told``: a run has failed because of it, and people hear of that.
    """

    problem: Problem
    subject: str
    detail: str = ""
    put_right: Repair | None = None
    is_told: bool = False

    def __str__(self) -> str:
        return f"{self.problem.words} ({self.detail})" if self.detail else self.problem.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """So many were looked at, up to and with the application ``last``."""

    last: UUID
    applications: int
    documents: int
    letters: int


def repair(finding: Finding, *, now: datetime) -> None:
    """Put it right, wholly or not at all. Does nothing where a person is needed."""
    if finding.put_right is not None:
        with transaction.atomic():
            finding.put_right(now)
