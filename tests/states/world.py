"""A company with open positions, and applications that have come as far as one likes."""

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from applications import dossier
from applications.demo import content
from applications.documents import keep_portrait
from applications.erasing import erase_records
from applications.letters import compose
from applications.models import (
    Answer,
    Application,
    ConsentText,
    Document,
    Erasure,
    Job,
    Letter,
    Question,
)
from applications.pipeline import apply_now
from applications.services import erasure
from applications.services.withdrawal import withdraw
from django_celery.local.sample import SampleApplicant, sample_applicant
from pipelines import ledger
from pipelines.models import Run, StepRun
from tests.factories import make_application, make_document, make_letter

POSITION = "/jobs/backend-engineer/"
FORM = f"{POSITION}apply/"
STEPS = ("render_dossier", "store_dossier", "email_hr", "email_applicant")


@cache
def somebody() -> SampleApplicant:
    return sample_applicant()


def furnish() -> None:
    """What the company of ``make run`` has."""
    with transaction.atomic():
        for position in content.positions(timezone.now()):
            position.job.save()
            for question in position.questions:
                question.job = position.job
                question.save()
        content.consent_text().save()


def close_all() -> None:
    now = timezone.now()
    Job.objects.update(opens_at=now - timedelta(days=9), closes_at=now)


def applied(**statuses: str) -> Application:
    """An application with everything in it; its steps have these statuses, others wait.

    With ``scan_files`` among them it came in while there was a virus scanner.
    """
    someone = somebody()
    application = make_application(
        job=Job.objects.get(slug="backend-engineer"),
        consent=ConsentText.objects.first(),
        full_name=someone.full_name,
        email=someone.email,
        phone=someone.phone,
        cover_letter=someone.cover_letter,
    )
    _answer_all(application)
    caution = Document.Caution.UNSCANNED if "scan_files" in statuses else Document.Caution.NONE
    make_document(application, filename="Życiorys.pdf", size=48_213, caution=caution)
    run = ledger.open_run(apply_now, application, now=application.submitted_at)
    for name, status in statuses.items():
        _move(run, name, status)
    return application


def done() -> Application:
    application = applied(**dict.fromkeys(STEPS, "success"))
    Run.objects.update(status="done")
    now = timezone.now()
    make_document(
        application,
        kind=Document.Kind.DOSSIER,
        filename=f"{application.reference}.pdf",
        size=61_440,
        stored_at=now,
    )
    receipt = compose.application_received(application, [])
    make_letter(
        application,
        kind=Letter.Kind.APPLICATION_RECEIVED,
        subject=receipt.subject,
        text=receipt.body,
        sent_at=now,
        intent_at=now,
    )
    keep_portrait(application, dossier.shown(somebody().photo))
    return application


def infected() -> Application:
    application = applied(scan_files="success", **dict.fromkeys(STEPS, "success"))
    application.documents.update(
        caution=Document.Caution.INFECTED,
        note="Eicar-Test-Signature, found on 2026-03-02 09:30 UTC.",
    )
    Run.objects.update(status="done")
    return application


def unreceipted() -> Application:
    application = applied()
    Application.objects.update(is_receipted=False)
    StepRun.objects.filter(name="email_applicant").delete()
    return application


def failed() -> Application:
    application = applied(render_dossier="success", store_dossier="success", email_hr="failure")
    Run.objects.update(status="failed")
    return application


def withdrawn() -> Application:
    application = done()
    withdraw(application, now=timezone.now())
    return application


def erasing() -> Application:
    """The applicant wants everything gone; nothing of it is done yet."""
    application = done()
    erasure.request(application, now=timezone.now())
    return application


def erased() -> Application:
    application = erasing()
    asked = Erasure.objects.get()
    erase_records(asked)
    now = timezone.now()
    Erasure.objects.update(object_count=2, version_count=2, erased_at=now)
    StepRun.objects.filter(run__pipeline="erasure").update(
        status="success", started_at=now, finished_at=now, due_at=None
    )
    Run.objects.filter(pipeline="erasure").update(status="done", finished_at=now)
    return application


def flood() -> None:
    """More applications than are taken without a proof of work."""
    for _number in range(settings.APPLY_POW_AFTER + 1):
        applied()


def _answer_all(application: Application) -> None:
    for position, question in enumerate(application.job.questions.all()):
        Answer.objects.create(
            application=application,
            position=position,
            kind=question.kind,
            label=question.label,
            value=_answer(question),
        )
    Answer.objects.create(
        application=application,
        position=application.job.questions.count(),
        kind=Question.Kind.LINK,
        label="Where can we read something you have built?",
        value="https://code.example.org/zofia/a-very-long-address-that-no-line-of-a-letter-can-hold",
    )


def _answer(question) -> str:
    short = {"yes_no": "yes", "short_text": somebody().short_answer}
    return short.get(question.kind) or (question.choices or [somebody().long_answer])[0]


def _move(run: Run, name: str, status: str) -> None:
    now = timezone.now()
    StepRun.objects.filter(run=run, name=name).update(
        status=status,
        started_at=now,
        finished_at=now if status in {"success", "failure"} else None,
        due_at=now + timedelta(minutes=5) if status in {"started", "retry"} else None,
    )
