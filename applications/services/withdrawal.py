"""An applicant does not want an application any more."""

from datetime import datetime

from django.db import transaction

from applications.models import Application
from applications.pipeline import withdrawal
from applications.services.hiring import stages
from pipelines import canvas, ledger


def withdraw(application: Application, *, now: datetime) -> bool:
    """Withdraw it at ``now`` (aware), do nothing more with it, tell HR and confirm it.

    What Apply Now has not done yet is cancelled. False: it was withdrawn already. Raises
    StageRefused for somebody who is hired.
    """
    with transaction.atomic():
        if not stages.move(application, Application.Stage.WITHDRAWN, by=None, now=now):
            return False
        ledger.cancel(str(application.pk), now=now)
        canvas.start(withdrawal, application)
    return True
