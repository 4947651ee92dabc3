"""Accepting an application: one transaction, and the database is all it waits for."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from applications import scanning
from applications.models import (
    Answer,
    Application,
    ConsentText,
    Document,
    Job,
    Question,
    StagedContent,
)
from applications.pipeline import apply_now
from applications.uploads import Upload
from pipelines import canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who applies, as they wrote it."""

    full_name: str
    email: str
    phone: str
    cover_letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer: text as ``models.Answer`` keeps it, and the file where one was asked for."""

    question: Question
    value: str
    file: Upload | None = None


def submit(
    *,
    job: Job,
    submission_key: UUID,
    person: Person,
    answers: Sequence[GivenAnswer],
    consent: ConsentText,
    uploads: Mapping[Document.Kind, Upload],
    now: datetime,
    is_receipted: bool = True,
) -> Application:
    """Accept an application and open its run. Values are validated already, ``now`` is aware.

    Without ``is_receipted`` no letter goes to the applicant by itself.

    ``uploads`` are the files that every position asks for.

    A second call with the same ``submission_key`` returns the first one's application, also when
    both run at once. Raises DatabaseError when the database cannot take it; nothing is kept then.
    """
    try:
        with transaction.atomic():
            application = Application.objects.create(
                job=job,
                submission_key=submission_key,
                **asdict(person),
                consent=consent,
                submitted_at=now,
                is_receipted=is_receipted,
            )
            Answer.objects.bulk_create(frozen(answers, application))
            _stage(application, uploads, answers, now)
            canvas.start(apply_now, application)
    except IntegrityError:
        first = find_submitted(submission_key)
        if first is None:
            raise
        return first
    return application


def find_submitted(submission_key: UUID) -> Application | None:
    """The application that was accepted with this key, if there is one."""
    return Application.objects.filter(submission_key=submission_key).first()


def frozen(answers: Iterable[GivenAnswer], application: Application | None = None) -> list[Answer]:
    """The answers with their questions, as they are kept; not saved here."""
    return [
        Answer(
            application=application,
            position=position,
            kind=answer.question.kind,
            label=answer.question.label,
            value=answer.value,
        )
        for position, answer in enumerate(answers)
    ]


def _stage(
    application: Application,
    uploads: Mapping[Document.Kind, Upload],
    answers: Iterable[GivenAnswer],
    now: datetime,
) -> None:
    """Keep the bytes beside the application until the pipeline has stored them."""
    staged = [
        StagedContent(
            document=_document(application, kind, number, upload, now), content=upload.content
        )
        for kind, number, upload in _numbered(uploads, answers)
    ]
    Document.objects.bulk_create(content.document for content in staged)
    StagedContent.objects.bulk_create(staged)


def _numbered(
    uploads: Mapping[Document.Kind, Upload], answers: Iterable[GivenAnswer]
) -> Iterator[tuple[Document.Kind, int, Upload]]:
    for kind, upload in uploads.items():
        yield kind, 0, upload
    for number, answer in enumerate(answers, start=1):
        if answer.file:
            yield Document.Kind.QUESTION, number, answer.file


def _document(
    application: Application, kind: Document.Kind, number: int, upload: Upload, now: datetime
) -> Document:
    return Document(
        application=application,
        kind=kind,
        number=number,
        filename=upload.filename,
        content_type=upload.content_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        created_at=now,
        caution=Document.Caution.UNSCANNED if scanning.is_on() else Document.Caution.NONE,
    )
