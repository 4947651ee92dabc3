"""An applicant wants all their data gone."""

from datetime import datetime, timedelta

from django.db import transaction

from applications import erasing
from applications.models import Application, Erasure, Notice, page_digest
from applications.pipeline import erasure
from applications.services.hiring import stages
from pipelines import canvas, ledger
from pipelines.progress import RunProgress, run_progress

# How long a receipt is tried to be delivered before the address is forgotten without it.
_LASTING = timedelta(days=30)


def request(
    application: Application, *, now: datetime, is_kept_long_enough: bool = False
) -> Erasure:
    """Cancel whatever else is done with the application and begin to erase it, at ``now`` (aware).

    ``is_kept_long_enough`` says that nobody asked for it: the letters about it tell so.
    A second call returns the first one's erasure. Raises Application.DoesNotExist if there is
    nothing left to erase.
    """
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        asked, is_new = Erasure.objects.get_or_create(
            page=page_digest(held.token),
            defaults={
                "application_id": held.pk,
                "job_id": held.job_id,
                "reference": held.reference,
                "email": held.email,
                "our_addresses": ", ".join(_our_addresses(held)),
                "called_off": _interviews_ahead(held, now),
                "is_kept_long_enough": is_kept_long_enough,
                "requested_at": now,
            },
        )
        if is_new:
            stages.drop_plans(held, now=now)
            for subject in erasing.subjects(held.pk):
                ledger.cancel(subject, now=now)
            canvas.start(erasure, asked)
    return asked


def _our_addresses(application: Application) -> list[str]:
    """HR's, and those of whoever was told of an interview; each once."""
    notices = Notice.objects.filter(interview__application=application)
    told = [address for notice in notices for address in notice.our_addresses]
    return list(dict.fromkeys([*application.job.hr_addresses, *told]))


def _interviews_ahead(application: Application, now: datetime) -> list[str]:
    """When they were to begin."""
    notices = Notice.objects.in_force().filter(interview__application=application)
    return [notice.starts_at.isoformat() for notice in notices.filter(starts_at__gt=now)]


def find(token: str) -> Erasure | None:
    """The erasure of the application with this secret in its page's address, asked for or done."""
    return Erasure.objects.filter(page=page_digest(token)).first()


def forget_overdue(*, now: datetime) -> int:
    """Finish those that were asked for 30 days before ``now`` (aware) without their letters.

    A mailbox that takes no receipt must not keep an address here for ever; how many there were.
    """
    overdue = Erasure.objects.filter(
        finished_at__isnull=True, erased_at__isnull=False, requested_at__lte=now - _LASTING
    )
    for asked in overdue:
        ledger.cancel(asked, now=now)
        erasing.forget(asked, now=now)
    return len(overdue)


def progress(asked: Erasure) -> RunProgress:
    """How far it has come. Two queries."""
    return run_progress(erasure.name, str(asked.pk))
