"""The story of Apply Now: what happens to an application, in which order."""

from django.utils import timezone

from applications import documents, dossier, letters
from applications.letters import Enclosure
from applications.models import Application, Document
from applications.pipeline.retries import mail_again, store_again
from pipelines.definition import Pipeline, step, together


@step(queue="render", timeout=180, retry=store_again)
def render_dossier(application: Application) -> None:
    """Draw the dossier, unless an attempt that died later has done so."""
    drawn = documents.find(application, Document.Kind.DOSSIER)
    if drawn is None or documents.is_lost(drawn):
        photo = documents.find(application, Document.Kind.PHOTO)
        content = dossier.render(application, photo=documents.content_of(photo) if photo else None)
        documents.stage_dossier(application, content, now=timezone.now())


@step(queue="deliver", timeout=120, retry=store_again)
def store_dossier(application: Application) -> None:
    """Put the dossier and the originals into the object store."""
    for document in application.documents.all():
        documents.store(document, now=timezone.now())


@step(queue="deliver", timeout=180, retry=mail_again)
def email_hr(application: Application) -> None:
    """Tell HR, with the dossier, the CV and the files that answer questions."""
    kinds = (Document.Kind.DOSSIER, Document.Kind.RESUME, Document.Kind.QUESTION)
    letters.new_application(application, enclosures=_enclosures(application, *kinds))


@step(queue="deliver", timeout=180, retry=mail_again)
def email_applicant(application: Application) -> None:
    """Give the applicant a receipt, with the dossier."""
    letters.application_received(
        application, enclosures=_enclosures(application, Document.Kind.DOSSIER)
    )


def _enclosures(application: Application, *kinds: Document.Kind) -> list[Enclosure]:
    """In their order: what does not fit into a letter is left out from the end."""
    found = application.documents.filter(kind__in=kinds)
    return [
        Enclosure(document.filename, document.content_type, documents.content_of(document))
        for document in sorted(found, key=lambda document: document.rank)
    ]


apply_now = Pipeline(
    name="apply_now",
    subject=Application,
    story=(
        render_dossier,
        store_dossier,
        together(email_hr, email_applicant),
    ),
)
