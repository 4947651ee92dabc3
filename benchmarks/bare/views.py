"""The same multipart body in, the same rows out: no checks, no form, no broker."""

import hashlib
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from applications.models import (
    Answer,
    Application,
    ConsentText,
    Document,
    Job,
    Question,
    StagedContent,
)
from pipelines.models import Run, StepRun

_STEPS = (("render_dossier", 0), ("store_dossier", 1), ("email_hr", 2), ("email_applicant", 2))


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Insert what a POST of the form inserts; 303."""
    job = Job.objects.prefetch_related("questions").get(slug=slug)
    with transaction.atomic():
        application = _application(request, job)
        _answers(request, application, list(job.questions.all()))
        _documents(request, application)
        _run(application)
    return HttpResponseRedirect(f"/applications/{application.token}/", status=HTTPStatus.SEE_OTHER)


def _application(request: HttpRequest, job: Job) -> Application:
    return Application.objects.create(
        job=job,
        submission_key=request.POST["submission_key"],
        full_name=request.POST["full_name"],
        email=request.POST["email"],
        phone=request.POST["phone"],
        cover_letter=request.POST["cover_letter"],
        consent=ConsentText.objects.latest(),
    )


def _answers(request: HttpRequest, application: Application, questions: Sequence[Question]) -> None:
    Answer.objects.bulk_create(
        Answer(
            application=application,
            position=question.position,
            kind=question.kind,
            label=question.label,
            value=request.POST[question.field_name],
        )
        for question in questions
    )


def _documents(request: HttpRequest, application: Application) -> None:
    kinds = (Document.Kind.RESUME, Document.Kind.PHOTO)
    staged = [_staged(request, application, kind) for kind in kinds]
    Document.objects.bulk_create(each.document for each in staged)
    StagedContent.objects.bulk_create(staged)


def _staged(request: HttpRequest, application: Application, kind: Document.Kind) -> StagedContent:
    file: Any = request.FILES[kind]
    content = file.read()
    document = Document(
        application=application,
        kind=kind,
        filename=file.name,
        content_type=file.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return StagedContent(document=document, content=content)


def _run(application: Application) -> None:
    run = Run.objects.create(pipeline="bare", subject_id=str(application.pk))
    now = timezone.now()
    StepRun.objects.bulk_create(
        StepRun(run=run, name=name, stage=stage, opened_at=now if stage == 0 else None)
        for name, stage in _STEPS
    )
