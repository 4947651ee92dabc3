"""An applicant does not want an application any more."""

from datetime import datetime

from django.db import transaction

from applications.models import Application
from applications.pipeline import withdrawal
from applications.services.hiring import interviews, stages
from pipelines import canvas, ledger

# To both sides, beside the news that an interview does not take place.
_WITHDRAWN = "The application was withdrawn."


def is_possible(application: Application) -> bool:
    """Whether it is neither withdrawn already, nor its applicant hired."""
    return application.stage not in stages.FINAL


def withdraw(application: Application, *, now: datetime) -> bool:
    """Withdraw it at ``now`` (aware), do nothing more with it, tell HR and confirm it.

    What Apply Now has not done yet is cancelled, and so are interviews. False, and nothing is
    changed, where it is not possible any more.
    """
    with transaction.atomic():
        current = stages.lock(application)
        if not is_possible(current) or stages.is_being_erased(current.pk):
            return False
        stages.move(application, Application.Stage.WITHDRAWN, by=None, now=now)
        ledger.cancel(application, now=now)
        interviews.cancel_ahead(application, message=_WITHDRAWN, now=now)
        canvas.start(withdrawal, application)
    return True
