"""An applicant wants all their data gone."""

from datetime import datetime

from django.db import transaction

from applications.models import Application, Erasure, page_digest
from applications.pipeline import erasure
from pipelines import canvas, ledger
from pipelines.progress import RunProgress, run_progress


def request(application: Application, *, now: datetime) -> Erasure:
    """Cancel whatever else is done with the application and begin to erase it, at ``now`` (aware).

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
                "requested_at": now,
            },
        )
        if is_new:
            ledger.cancel(str(held.pk), now=now)
            canvas.start(erasure, asked)
    return asked


def find(token: str) -> Erasure | None:
    """The erasure of the application with this secret in its page's address, asked for or done."""
    return Erasure.objects.filter(page=page_digest(token)).first()


def progress(asked: Erasure) -> RunProgress:
    """How far it has come. Two queries."""
    return run_progress(erasure.name, str(asked.pk))
