"""Going through all applications and all objects side by side, in the order of their ids.

What waits for a person in other pipelines comes last.

An application's objects lie below ``applications/<id>/`` and a bucket is listed in the order of
its keys, so a batch of applications needs one stretch of the listing and no more memory than that.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from uuid import UUID

from applications import storage
from applications.models import Document, Erasure
from applications.services.reconciliation import elsewhere
from applications.services.reconciliation.cases import Case, batches
from applications.services.reconciliation.findings import Compared, Finding, Problem
from applications.services.reconciliation.judging import judge
from applications.services.reconciliation.pace import Pace
from applications.storage import Condition, Listed

# Questions to the object store, beside the listing.
PER_SECOND = 50

_ROOM = "applications/"

# Whether the fingerprints of an application's objects are compared, beside their sizes.
Choice = Callable[[UUID], bool]


class _Shelf:
    """What the store lists for a batch of applications."""

    def __init__(self, batch: Sequence[Case], look_closely: Choice, pace: Pace) -> None:
        self._expected = {document.key for case in batch for document in case.documents}
        self._sizes: dict[str, int] = {}
        self._look_closely = look_closely
        self._pace = pace

    def take(self, objects: Iterator[Listed]) -> Iterator[Finding]:
        """Note the objects that the batch knows of; the others are stray."""
        for key, size in objects:
            if key in self._expected:
                self._sizes[key] = size
            elif not _is_known(key):
                yield Finding(problem=Problem.STRAY_OBJECT, subject=key)

    def look(self, document: Document) -> Condition:
        """For ``judge``, once everything is taken."""
        is_there = self._sizes.get(document.key) == document.size
        if is_there and not self._look_closely(document.application_id):
            return Condition.SOUND
        self._pace.wait()
        return storage.condition(document.key, size=document.size, sha256=document.sha256)


def survey(*, look_closely: Choice, after: UUID | None = None) -> Iterator[Finding | Compared]:
    """Every finding, and after each batch how many were compared. Nothing is changed.

    ``after`` takes up a survey behind the application where another one ended. Raises
    StorageUnavailable and StorageRefused: then nothing can be said about objects.
    """
    storage.ping()
    pace = Pace(per_second=PER_SECOND)
    for batch in batches(after):
        last = batch[-1].application.pk
        shelf = _Shelf(batch, look_closely, pace)
        yield from shelf.take(_objects(after, last))
        for case in batch:
            yield from judge(case, shelf.look)
        yield _compared(batch)
        after = last
    yield from _Shelf((), look_closely, pace).take(_objects(after, None))
    yield from elsewhere.findings()


def _objects(after: UUID | None, last: UUID | None) -> Iterator[Listed]:
    """The objects of the applications beyond ``after``, up to those of ``last`` or to the end."""
    listing = storage.listing(_ROOM, after=_beyond(after) if after else "")
    return takewhile(lambda each: last is None or each.key < _beyond(last), listing)


def _beyond(application: UUID) -> str:
    # In ASCII the 0 follows the slash: beyond all keys of this application, before any other's.
    return f"{_ROOM}{application}0"


def _is_known(key: str) -> bool:
    """Whether a document of that key has come into being meanwhile, or is about to be erased."""
    try:
        application = UUID(key.removeprefix(_ROOM).partition("/")[0])
    except ValueError:
        return False
    if Erasure.objects.filter(application_id=application, erased_at=None).exists():
        return True
    return key in (each.key for each in Document.objects.filter(application=application))


def _compared(batch: Sequence[Case]) -> Compared:
    return Compared(
        last=batch[-1].application.pk,
        applications=len(batch),
        documents=sum(len(case.documents) for case in batch),
        letters=sum(len(case.letters) for case in batch),
    )
