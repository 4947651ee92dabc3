"""The story of Apply Now: what happens to an application, in which order."""

from collections.abc import Iterable
from contextlib import suppress

from django.utils import timezone

from applications import documents, dossier, letters
from applications.letters import Enclosure
from applications.models import Application, Document
from applications.pipeline.retries import mail_again, scan_again, store_again
from pipelines.definition import Pipeline, step, together

_PDF = "application/pdf"


def has_unscanned_files(application: Application) -> bool:
    """Whether it came in while there was a virus scanner. What is set by now plays no part."""
    return application.documents.filter(caution=Document.Caution.UNSCANNED).exists()


@step(queue="deliver", timeout=600, retry=scan_again, needed_by=has_unscanned_files)
def scan_files(application: Application) -> None:
    """Have the virus scanner look at each upload before anybody else can."""
    for document in application.documents.all():
        documents.scan(document, now=timezone.now())


@step(queue="render", timeout=180, retry=store_again)
def render_dossier(application: Application) -> None:
    """Draw the dossier and make the photo small, unless an attempt that died later has done so."""
    files = list(application.documents.all())
    drawn = next((each for each in files if each.kind == Document.Kind.DOSSIER), None)
    if drawn is None or documents.is_lost(drawn):
        content = _draw(application, [each for each in files if each != drawn])
        documents.stage_dossier(application, content, now=timezone.now())


def _draw(application: Application, uploads: Iterable[Document]) -> bytes:
    photo, cv = None, None
    for upload in uploads:
        if upload.is_locked:
            continue
        # Every PDF is looked into, for what HR has to be cautioned of.
        pages = _pages(upload) if upload.content_type == _PDF else None
        if upload.kind == Document.Kind.RESUME:
            cv = pages
        elif upload.kind == Document.Kind.PHOTO:
            photo = documents.content_of(upload)
    content = dossier.render(application, photo=photo, cv=cv)
    if photo is not None:
        _make_small(application, photo)
    return content


def _make_small(application: Application, photo: bytes) -> None:
    """For the applicant's page. Of one that cannot be read, the dossier says so."""
    with suppress(dossier.PhotoUnreadable):
        documents.keep_portrait(application, dossier.shown(photo))


def _pages(document: Document) -> dossier.Pages | None:
    """Those of an upload; a caution is left where there is more in it, or nobody can tell."""
    try:
        pages = dossier.pages_of(documents.content_of(document))
    except dossier.PagesUnreadable:
        documents.warn(document, Document.Caution.UNCHECKED)
        return None
    if pages.was_active:
        documents.warn(document, Document.Caution.ACTIVE)
    return pages


@step(queue="deliver", timeout=120, retry=store_again)
def store_dossier(application: Application) -> None:
    """Put the dossier and the originals into the object store."""
    documents.store(application, now=timezone.now())


@step(queue="deliver", timeout=300, retry=mail_again)
def email_hr(application: Application) -> None:
    """Tell HR, with the dossier, the CV and the files that answer questions."""
    kinds = (Document.Kind.DOSSIER, Document.Kind.RESUME, Document.Kind.QUESTION)
    letters.new_application(application, enclosures=_enclosures(application, *kinds))


def gets_letters(application: Application) -> bool:
    """Whether its mailbox has not had too many of them that day."""
    return application.is_receipted


@step(queue="deliver", timeout=300, retry=mail_again, needed_by=gets_letters)
def email_applicant(application: Application) -> None:
    """Give the applicant a receipt, with the dossier."""
    letters.application_received(
        application, enclosures=_enclosures(application, Document.Kind.DOSSIER)
    )


def _enclosures(application: Application, *kinds: Document.Kind) -> list[Enclosure]:
    """In their order: what does not fit into a letter is left out from the end."""
    found = [each for each in application.documents.all() if each.kind in kinds]
    return [
        Enclosure(document.filename, document.content_type, documents.content_of(document))
        for document in sorted(found, key=lambda document: document.rank)
        if document.caution == Document.Caution.NONE
    ]


apply_now = Pipeline(
    name="apply_now",
    subject=Application,
    story=(
        scan_files,
        render_dossier,
        store_dossier,
        together(email_hr, email_applicant),
    ),
    select_related=("job",),
    prefetch_related=("documents",),
)
