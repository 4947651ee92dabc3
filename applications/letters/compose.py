"""The letters of an application, composed: rows in, a finished message out. Nothing is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from applications.letters import plain
from applications.letters.enclosures import Enclosure
from applications.letters.headers import mailbox
from applications.letters.message import LetterMessage
from applications.letters.sent import Confirmed, Sent, described, what_is_confirmed, what_was_sent
from applications.letters.writing import write
from applications.models import Application, Document, Letter
from applications.staff_links import application_url, document_url


def new_application(application: Application, enclosures: Sequence[Enclosure]) -> LetterMessage:
    """To HR: who applied for what, all they wrote, and links to everything.

    ``enclosures`` that are too large together for one letter stay out, in their order; the links
    lead to them all the same. An answer to this letter goes to the applicant.
    """
    documents = _documents(application)
    sent = what_was_sent(application, documents)
    context = {
        "application_url": application_url(application),
        "documents": [_linked(document) for document in documents],
    }
    message = _letter(application, Letter.Kind.NEW_APPLICATION, sent, context, enclosures)
    message.to = application.job.hr_addresses
    message.reply_to = [mailbox(application.full_name, application.email)]
    return message


def application_received(
    application: Application, enclosures: Sequence[Enclosure]
) -> LetterMessage:
    """To the applicant: the receipt.

    Whoever filled in the form chose the reader. The words are ours but for a name; what the
    applicant wrote stands in the dossier, which one has to open.
    """
    sent = what_is_confirmed(application, _documents(application))
    context = {"page_url": application.page_url}
    message = _letter(application, Letter.Kind.APPLICATION_RECEIVED, sent, context, enclosures)
    message.to = [application.email]
    return message


def _letter(
    application: Application,
    kind: Letter.Kind,
    sent: Sent | Confirmed,
    context: Mapping[str, Any],
    enclosures: Sequence[Enclosure],
) -> LetterMessage:
    """The letter of this kind, dated when the applicant pressed Apply Now."""
    return write(
        kind=kind,
        about=str(application.pk),
        written_at=application.submitted_at,
        context={
            **context,
            "sent": sent,
            "reference": application.reference,
            "job": application.job,
        },
        plain_context=_laid_out(sent),
        enclosures=enclosures,
    )


def _laid_out(sent: Sent | Confirmed) -> dict[str, Any]:
    short = {"facts": plain.aligned(sent.facts), "files": plain.aligned(sent.files)}
    if isinstance(sent, Confirmed):
        return short
    return {
        **short,
        "cover_letter": plain.indented(sent.cover_letter),
        "answers": [(one.question, plain.indented(one.answer)) for one in sent.answers],
    }


def _documents(application: Application) -> list[Document]:
    """Its documents, the dossier first."""
    return sorted(application.documents.all(), key=lambda each: each.rank)


def _linked(document: Document) -> dict[str, str]:
    """What is locked has no link."""
    return {
        "label": document.label,
        "description": described(document),
        "caution": document.get_caution_display(),
        "url": "" if document.is_locked else document_url(document),
    }
