"""What an applicant sent, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format

from applications.letters.links import unlinked
from applications.models import Answer, Application, Document
from applications.text import one_line, paragraphs

Pair = tuple[str, str]


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

    def unlinked(self) -> "Sent":
        """The same, with nothing in it that a mail program would make a link of."""
        return Sent(
            name=unlinked(self.name),
            facts=_values_unlinked(self.facts),
            cover_letter=unlinked(self.cover_letter),
            answers=tuple(SentAnswer(a.question, unlinked(a.answer)) for a in self.answers),
            files=_values_unlinked(self.files),
        )


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


def described(document: Document) -> str:
    """A document's name and size, such as ``cv.pdf, 1.2 MB``."""
    return f"{one_line(document.filename)}, {filesizeformat(document.size)}"


def _facts(application: Application) -> tuple[Pair, ...]:
    job = application.job
    submitted = timezone.localtime(application.submitted_at)
    facts = (
        ("Position", one_line(f"{job.title}, {job.department}, {job.place}")),
        ("Name", one_line(application.full_name)),
        ("E-mail", application.email),
        ("Phone", one_line(application.phone)),
        ("Sent", date_format(submitted, "j F Y, H:i T")),
        ("Consent", f"Given, text version {application.consent_id}"),
    )
    return tuple((label, value) for label, value in facts if value)


def _answer(answer: Answer) -> SentAnswer:
    words = "\n".join(f"• {option}" for option in answer.options) or answer.in_words
    return SentAnswer(one_line(answer.label), paragraphs(words) or "Not answered", answer.link)


def _values_unlinked(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple((label, unlinked(value)) for label, value in pairs)
