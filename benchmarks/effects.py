"""What the pipeline does for an application, as plain functions: no broker, no ledger.

The bytes of CV and photo are at hand, and nothing is written to the database.
"""

import os
from hashlib import sha256
from uuid import UUID

from applications import dossier, storage
from applications.letters import Enclosure, compose
from applications.models import Application, Document
from benchmarks import applicant


def all_of(application_id: UUID) -> float:
    """Render, store, mail HR, mail the applicant; the CPU seconds that it took."""
    began = _cpu_seconds()
    deliver(*drawn(application_id))
    return _cpu_seconds() - began


def _cpu_seconds() -> float:
    """This process's, and those of children that have ended: a CV is looked into by one."""
    return sum(os.times()[:4])


def drawn(application_id: UUID) -> tuple[UUID, bytes]:
    """The dossier, with whose it is."""
    return application_id, render(_find(application_id))


def deliver(application_id: UUID, dossier_bytes: bytes) -> None:
    """Store, mail HR, mail the applicant."""
    application = _find(application_id)
    store(application, dossier_bytes)
    mail_hr(application, dossier_bytes)
    mail_applicant(application, dossier_bytes)


def _find(application_id: UUID) -> Application:
    return Application.objects.select_related("job").get(pk=application_id)


def render(application: Application) -> bytes:
    """The dossier. The small photo of the applicant's page is made, too."""
    dossier.shown(applicant.photo())
    cv = dossier.pages_of(applicant.resume())
    return dossier.render(application, photo=applicant.photo(), cv=cv)


def store(application: Application, drawn: bytes) -> None:
    """Put dossier, CV and photo, and verify each, under keys that are not the product's."""
    for document in application.documents.all():
        found = content(document, drawn)
        digest = sha256(found).hexdigest()
        key = f"plain/{document.key}"
        storage.put(key, found, content_type=document.content_type, sha256=digest)
        storage.verify(key, size=len(found), sha256=digest)


def mail_hr(application: Application, drawn: bytes) -> None:
    kinds = (Document.Kind.DOSSIER, Document.Kind.RESUME)
    compose.new_application(application, _enclosures(application, drawn, *kinds)).send()


def mail_applicant(application: Application, drawn: bytes) -> None:
    enclosures = _enclosures(application, drawn, Document.Kind.DOSSIER)
    compose.application_received(application, enclosures).send()


def _enclosures(application: Application, drawn: bytes, *kinds: Document.Kind) -> list[Enclosure]:
    found = application.documents.filter(kind__in=kinds).order_by("kind")
    return [
        Enclosure(document.filename, document.content_type, content(document, drawn))
        for document in found
    ]


def content(document: Document, drawn: bytes) -> bytes:
    """The document's bytes, of which none are fetched."""
    match document.kind:
        case Document.Kind.RESUME:
            return applicant.resume()
        case Document.Kind.PHOTO:
            return applicant.photo()
        case _:
            return drawn
