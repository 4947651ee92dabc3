"""When the steps of this domain are tried again."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Model

from applications.letters import LetterTaken, MailInDoubt, MailUnavailable
from applications.scanning import ScannerBusy
from applications.storage import StorageUnavailable
from pipelines import ledger
from pipelines.definition import Retry, StepError

_WAITS = (1, 5, 15, 15, 30, 60, 120, 300, 600)


class StillAtWork(StepError):
    """A step that was under way when its run was cancelled has not ended yet."""


store_again = Retry(on=(StorageUnavailable,), waits=_WAITS, lasting=timedelta(hours=72))
scan_again = replace(store_again, on=(ScannerBusy, StorageUnavailable))
mail_again = replace(
    store_again, on=(MailUnavailable, MailInDoubt, LetterTaken, StorageUnavailable)
)
after_rest = Retry(on=(StillAtWork,), waits=_WAITS, lasting=timedelta(hours=72))
mail_after_rest = replace(mail_again, on=(*mail_again.on, StillAtWork))


def wait_for_rest(subject: Model) -> None:
    """Raises StillAtWork while a worker holds a step of a cancelled run of this subject."""
    if not ledger.is_at_rest(subject):
        raise StillAtWork("A step that was under way when its run was cancelled has not ended yet.")
