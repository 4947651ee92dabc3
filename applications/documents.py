"""The documents of an application on their way from the database to the object store."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from applications import scanning, storage
from applications.models import Application, Document, Portrait, StagedContent
from applications.recent import Recent

# Letters enclose what was stored a moment before: it need not come back from the object store.
_recent = Recent(room=32 * 1024 * 1024, lasting=60)


def content_of(document: Document) -> bytes:
    """The bytes, wherever they are now. Raises storage.StorageUnavailable."""
    recent = _recent.find(document.sha256) if document.stored_at else None
    return recent or _fetched(document)


def _fetched(document: Document) -> bytes:
    staged = StagedContent.objects.read(document)
    return storage.get(document.key) if staged is None else staged


def find(application: Application, kind: Document.Kind) -> Document | None:
    """The application's document of that kind, if it has one."""
    return application.documents.filter(kind=kind).first()


def is_lost(document: Document) -> bool:
    """Whether its bytes are neither in the database nor, as far as we know, in the object store."""
    return (
        document.stored_at is None and not StagedContent.objects.filter(document=document).exists()
    )


def scan(document: Document, *, now: datetime) -> None:
    """Have the virus scanner look at it, if that is still to be done.

    What it finds something in stays locked, also in the object store: scanners err, and what is
    deleted is gone. Raises scanning.ScannerBusy, ScannerAway and ScanFailed, and
    storage.StorageUnavailable.
    """
    if document.caution != Document.Caution.UNSCANNED:
        return
    if not scanning.is_on():
        _settle(document, Document.Caution.NONE, "Not scanned: CLAMAV_URL was no longer set.")
        return
    virus = scanning.find_virus(content_of(document))
    if virus:
        note = f"{virus}, found on {now:%Y-%m-%d %H:%M} UTC."
        _settle(document, Document.Caution.INFECTED, note)
    else:
        _settle(document, Document.Caution.NONE, document.note)


def _settle(document: Document, caution: Document.Caution, note: str) -> None:
    unsettled = Document.objects.filter(pk=document.pk, caution=document.caution)
    unsettled.update(caution=caution, note=note[:500])


def warn(document: Document, caution: Document.Caution) -> None:
    """Say what whoever opens it must know, unless it is locked."""
    Document.objects.filter(pk=document.pk, caution=Document.Caution.NONE).update(caution=caution)
    # The dossier that is about to be drawn says it too, whoever said it first.
    document.refresh_from_db(fields=["caution"])


def mark_missing(document: Document) -> None:
    """The object store does not have these bytes after all."""
    Document.objects.filter(pk=document.pk, stored_at=document.stored_at).update(stored_at=None)


def stage_dossier(application: Application, content: bytes, *, now: datetime) -> None:
    """Keep a dossier until it is stored. If there are bytes of one already, those stay.

    One that was lost keeps its row, so that links to it stay good; the row says whether the
    bytes are others than before.
    """
    facts = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        dossier, is_new = Document.objects.select_for_update().get_or_create(
            application=application,
            kind=Document.Kind.DOSSIER,
            defaults={
                "filename": f"{application.reference}.pdf",
                "content_type": "application/pdf",
                "created_at": now,
                **facts,
            },
        )
        if not is_new:
            # An attempt that was taken for dead may have got here first; both drew the same.
            if not is_lost(dossier):
                return
            note = _difference(dossier, facts["sha256"], now=now)
            Document.objects.filter(pk=dossier.pk).update(**facts, note=note)
        StagedContent.objects.create(document=dossier, content=content)


def keep_portrait(application: Application, content: bytes) -> None:
    """Keep the small photo (JPEG) for the applicant's page; it goes with the application."""
    Portrait.objects.bulk_create(
        [Portrait(application=application, content=content)],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["content"],
    )


def _difference(dossier: Document, sha256: object, *, now: datetime) -> str:
    if dossier.sha256 == sha256:
        return dossier.note
    return (
        f"Drawn again on {now:%Y-%m-%d %H:%M} UTC, with other bytes than before: "
        f"their SHA-256 was {dossier.sha256}."
    )


def store(application: Application, *, now: datetime) -> None:
    """Put its documents into the object store, verify each, and only then let go of our copies.

    Those that are there already are left alone, and so are, the next time, those that got there
    before one that did not. Raises storage.StorageUnavailable or StorageRefused.
    """
    begun: list[Document] = []
    arrived: list[Document] = []
    try:
        for document in application.documents.all():
            if document.stored_at is None:
                begun.append(document)
                _put(document)
                arrived.append(document)
    finally:
        if _let_go(arrived, now=now) < len(begun):
            _take_back(begun)


def _put(document: Document) -> None:
    content = content_of(document)
    storage.put(document.key, content, content_type=document.content_type, sha256=document.sha256)
    storage.verify(document.key, size=len(content), sha256=document.sha256)
    _recent.keep(document.sha256, content)


def _let_go(stored: Collection[Document], *, now: datetime) -> int:
    """Of how many there still is a row."""
    keys = [document.pk for document in stored]
    if not keys:
        return 0
    with transaction.atomic():
        kept = Document.objects.filter(pk__in=keys).update(stored_at=now)
        StagedContent.objects.filter(document__in=keys).delete()
    return kept


def _take_back(put: Collection[Document]) -> None:
    """Nothing stays in the store of what was erased while it was put there."""
    keys = [document.pk for document in put]
    known = set(Document.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for document in put:
        if document.pk not in known:
            storage.erase(list(storage.versions(document.key)))
