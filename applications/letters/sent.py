"""What an applicant sent, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.letters import dates
from applications.letters.links import unlinked
from applications.models import Answer, Application, Document
from applications.text import one_line, paragraphs

Pair = tuple[str, str]

# A longer one in a letter to a stranger could be a message.
_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """A question and its answer in words; ``link`` is the URL that the answer is, or empty."""

    question: str
    answer: str
    link: str = ""


@dataclass(frozen=True)
class Sent:
    """A full copy of an application: ``facts`` and ``files`` are label and value."""

    name: str
    facts: tuple[Pair, ...]
    cover_letter: str
    answers: tuple[SentAnswer, ...]
    files: tuple[Pair, ...]


@dataclass(frozen=True)
class Confirmed:
    """What a receipt repeats: ``facts`` and ``files`` are label and value."""

    name: str
    facts: tuple[Pair, ...]
    files: tuple[Pair, ...]


def what_was_sent(application: Application, documents: Sequence[Document]) -> Sent:
    """The copy of ``application``; of its ``documents``, those that the applicant sent."""
    return Sent(
        name=one_line(application.full_name),
        facts=_facts(application),
        cover_letter=paragraphs(application.cover_letter),
        answers=tuple(map(_answer, application.answers.all())),
        files=tuple(
            (document.label, described(document))
            for document in documents
            if document.kind != Document.Kind.DOSSIER
        ),
    )


def what_is_confirmed(application: Application, documents: Sequence[Document]) -> Confirmed:
    """The receipt's copy of ``application``, and of those of its ``documents`` that came with it.

    Anybody can type anybody's address into the form, and would have us carry their words there.
    So of those words the name alone is repeated, if it is no longer than a name, and nothing in
    it is a link. Of a file it is our words that tell what it is.
    """
    name = one_line(application.full_name)
    return Confirmed(
        name=unlinked(name) if len(name) <= _MAX_NAME else "",
        facts=_our_facts(application),
        files=tuple(
            (document.label, f"{document.format}, {filesizeformat(document.size)}")
            for document in documents
            if document.kind != Document.Kind.DOSSIER
        ),
    )


def described(document: Document) -> str:
    """A document's name and size, such as ``cv.pdf, 1.2 MB``."""
    return f"{one_line(document.filename)}, {filesizeformat(document.size)}"


def _facts(application: Application) -> tuple[Pair, ...]:
    position, *ours = _our_facts(application)
    theirs = (
        (_("Name"), one_line(application.full_name)),
        (_("E-mail"), application.email),
        (_("Phone"), one_line(application.phone)),
    )
    return tuple((label, value) for label, value in (position, *theirs, *ours) if value)


def _our_facts(application: Application) -> tuple[Pair, Pair, Pair]:
    """Those in which no word is the applicant's."""
    job = application.job
    version = {"version": application.consent_id}
    return (
        (_("Position"), one_line(f"{job.title}, {job.department}, {job.place}")),
        (pgettext("when", "Sent"), dates.moment(application.submitted_at)),
        (_("Consent"), _("Given, text version %(version)s") % version),
    )


def _answer(answer: Answer) -> SentAnswer:
    words = "\n".join(f"• {option}" for option in answer.options) or answer.in_words
    return SentAnswer(one_line(answer.label), paragraphs(words) or _("Not answered"), answer.link)
