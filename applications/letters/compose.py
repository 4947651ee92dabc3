"""The letters, composed: an application in, a finished message out. Nothing is sent here."""

from collections.abc import Mapping, Sequence
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from applications.letters import plain
from applications.letters.enclosures import Enclosure, mime_part, that_fit
from applications.letters.headers import headers, mailbox
from applications.letters.links import application_url, document_url
from applications.letters.message import LetterMessage
from applications.letters.sent import described, what_was_sent
from applications.models import Application, Document, Letter
from applications.text import one_line

# Mail programs drop style sheets, so letter.css is written onto its elements. The rules for dark
# mode and narrow screens (screens.css) stay in a sheet, for those that read one.
_INLINER = CSSInliner(load_remote_stylesheets=False, resolve_css_variables=True)

_ORDER = list(Document.Kind.values)


def new_application(application: Application, enclosures: Sequence[Enclosure]) -> LetterMessage:
    """To HR: who applied for what, all they wrote, and links to everything.

    ``enclosures`` that are too large together for one letter stay out, in their order; the links
    lead to them all the same. An answer to this letter goes to the applicant.
    """
    documents = _documents(application)
    context = {
        "sent": what_was_sent(application, documents),
        "application_url": application_url(application),
        "documents": [_linked(document) for document in documents],
    }
    message = _letter(application, Letter.Kind.NEW_APPLICATION, context, enclosures)
    message.to = application.job.hr_addresses
    message.reply_to = [mailbox(application.full_name, application.email)]
    return message


def application_received(
    application: Application, enclosures: Sequence[Enclosure]
) -> LetterMessage:
    """To the applicant: the receipt, with a copy of everything they sent.

    Whoever filled in the form chose both the reader and the words. So the subject and the
    address carry none of them, and what stands in the copy is no link anywhere.
    """
    sent = what_was_sent(application, _documents(application)).unlinked()
    context = {"sent": sent, "page_url": application.page_url}
    message = _letter(application, Letter.Kind.APPLICATION_RECEIVED, context, enclosures)
    message.to = [application.email]
    return message


def _letter(
    application: Application,
    kind: Letter.Kind,
    context: Mapping[str, Any],
    enclosures: Sequence[Enclosure],
) -> LetterMessage:
    """The letter of this kind, still without addresses."""
    enclosed = that_fit(enclosures)
    context = {
        **context,
        "site_name": settings.SITE_NAME,
        "reference": application.reference,
        "job": application.job,
        "enclosed": [one_line(each.filename) for each in enclosed],
        "left_out": [one_line(each.filename) for each in enclosures if each not in enclosed],
    }
    subject = one_line(render_to_string(f"letters/{kind}/subject.txt", context))
    context["subject"] = subject
    message = LetterMessage(
        subject=subject,
        body=_text(kind, context),
        headers=headers(application, kind),
        attachments=[mime_part(each) for each in enclosed],
    )
    message.attach_alternative(_html(kind, context), "text/html")
    return message


def _text(kind: Letter.Kind, context: Mapping[str, Any]) -> str:
    sent = context["sent"]
    layout = {
        "facts": plain.aligned(sent.facts),
        "cover_letter": plain.indented(sent.cover_letter),
        "answers": [(question, plain.indented(answer)) for question, answer in sent.answers],
        "files": plain.aligned(sent.files),
    }
    return plain.laid_out(render_to_string(f"letters/{kind}/body.txt", {**context, **layout}))


def _html(kind: Letter.Kind, context: Mapping[str, Any]) -> str:
    return _INLINER.inline(render_to_string(f"letters/{kind}/body.html", dict(context)))


def _documents(application: Application) -> list[Document]:
    """Its documents, the dossier first."""
    return sorted(application.documents.all(), key=lambda each: _ORDER.index(each.kind))


def _linked(document: Document) -> dict[str, str]:
    return {
        "label": document.get_kind_display(),
        "description": described(document),
        "url": document_url(document),
    }
