"""The documents of an application on their way from the database to the object store."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from applications import storage
from applications.models import Application, Document, StagedContent


def content_of(document: Document) -> bytes:
    """The bytes, wherever they are now. Raises storage.StorageUnavailable."""
    staged = StagedContent.objects.filter(document=document).first()
    return bytes(staged.content) if staged else storage.get(document.key)


def find(application: Application, kind: Document.Kind) -> Document | None:
    """The application's document of that kind, if it has one."""
    return application.documents.filter(kind=kind).first()


def stage_dossier(application: Application, content: bytes, *, now: datetime) -> None:
    """Keep a dossier until it is stored. If there is one already, that one stays."""
    dossier = Document(
        application=application,
        kind=Document.Kind.DOSSIER,
        filename=f"{application.reference}.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
    )
    try:
        with transaction.atomic():
            dossier.save(force_insert=True)
            StagedContent.objects.create(document=dossier, content=content)
    except IntegrityError:
        # An attempt that was taken for dead got here first; both drew the same application.
        if find(application, Document.Kind.DOSSIER) is None:
            raise


def store(document: Document, *, now: datetime) -> None:
    """Put the document into the object store, verify it, and only then let go of our copy.

    Does nothing if that is done already. Raises storage.StorageUnavailable or StorageRefused.
    """
    if document.stored_at is not None:
        return
    storage.put(
        document.key,
        content_of(document),
        content_type=document.content_type,
        sha256=document.sha256,
    )
    storage.verify(document.key, sha256=document.sha256)
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(stored_at=now)
        StagedContent.objects.filter(document=document).delete()
