"""From an application to what stands in its dossier."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications import branding
from applications.dossier import links
from applications.dossier.content import AnsweredQuestion, Dossier, EnclosedFile, Fact, Logo
from applications.dossier.passage import one_line, paragraphs
from applications.models import Answer, Application, Brand, Document
from applications.staff_links import document_url


def compose(
    application: Application, *, portrait: bytes | None, remarks: Mapping[Document.Kind, str]
) -> Dossier:
    """All that the dossier of ``application`` says; ``portrait`` is a JPEG, ready for print.

    ``remarks`` are sentences about files of a kind.

    Queries: the brand, its answers, and, unless they came with it, its job and its documents.
    """
    brand = branding.current()
    submitted_at = timezone.localtime(application.submitted_at, timezone.get_default_timezone())
    files = _enclosed(application)
    return Dossier(
        company=one_line(str(brand)),
        colour=brand.colour,
        logo=_logo(brand),
        position=one_line(application.job.title),
        name=one_line(application.full_name),
        reference=application.reference,
        submitted_at=submitted_at,
        portrait=_data_url(portrait, "image/jpeg") if portrait else "",
        facts=_facts(application, submitted_at),
        letter=paragraphs(application.cover_letter),
        questions=tuple(_question(answer, files) for answer in application.answers.all()),
        files=tuple(_file(file, remarks.get(Document.Kind(file.kind), "")) for file in files),
    )


def _facts(application: Application, submitted_at: datetime) -> tuple[Fact, ...]:
    job, version = application.job, {"version": application.consent_id}
    facts = (
        Fact(_("E-mail"), one_line(application.email), links.mail(application.email)),
        Fact(_("Phone"), one_line(application.phone), links.phone(application.phone)),
        Fact(_("Department"), one_line(job.department)),
        Fact(_("Place"), one_line(f"{job.place} · {job.get_workplace_display()}")),
        Fact(_("Employment"), one_line(job.get_employment_display())),
        # Translators: a date with time and zone, in the format of Django's date filter.
        Fact(_("Submitted"), one_line(date_format(submitted_at, _("j F Y, H:i T")))),
        Fact(_("Consent"), one_line(_("Given to version %(version)s of the text") % version)),
    )
    return tuple(fact for fact in facts if fact.value.text)


def _question(answer: Answer, files: Sequence[Document]) -> AnsweredQuestion:
    link = next((document_url(file) for file in files if file.number == answer.number), "")
    return AnsweredQuestion(
        question=one_line(answer.label),
        answer=paragraphs(answer.in_words),
        options=tuple(one_line(option) for option in answer.options),
        link=answer.link or link,
    )


def _enclosed(application: Application) -> list[Document]:
    """All but the dossier, which does not list itself."""
    documents = sorted(application.documents.all(), key=lambda document: document.rank)
    return [each for each in documents if each.kind != Document.Kind.DOSSIER]


def _file(document: Document, remark: str) -> EnclosedFile:
    """What is locked has no link."""
    return EnclosedFile(
        name=one_line(document.filename),
        kind=document.label,
        type=document.format,
        size=filesizeformat(document.size),
        link="" if document.is_locked else document_url(document),
        remarks=tuple(filter(None, (remark, str(document.get_caution_display())))),
    )


def _logo(brand: Brand) -> Logo | None:
    content = brand.logo_content
    if not content:
        return None
    return Logo(url=_data_url(content, "image/png"), is_wordmark=brand.has_wordmark)


def _data_url(content: bytes, content_type: str) -> str:
    return f"data:{content_type};base64,{b64encode(content).decode()}"
