"""Each night: old history of the ledger is let go of."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services.hiring import digests, waiting
from pipelines import ledger
from pipelines.definition import step, together
from pipelines.schedules import forgetting
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

# Of a job of each minute this is the better part of a day.
_MOST = 1000


def _horizon() -> datetime:
    return timezone.now() - timedelta(days=settings.LEDGER_DAYS)


@step(queue="housekeeping", timeout=1800)
def forget_occasions(_occasion: Occasion) -> None:
    """Scheduled work that is long done, with its runs."""
    forgetting.forget(before=_horizon(), most=_MOST)


@step(queue="housekeeping", timeout=1800)
def forget_attempts(_occasion: Occasion) -> None:
    """The past attempts of runs that are long done; the runs themselves stay."""
    ledger.forget_attempts(before=_horizon())


@step(queue="housekeeping", timeout=1800)
def forget_digests(_occasion: Occasion) -> None:
    """HR's digests of long ago, with their runs and letters."""
    digests.forget(before=_horizon())


@step(queue="housekeeping", timeout=1800)
def forget_reminders(_occasion: Occasion) -> None:
    """HR's reminders of what waited long ago, likewise."""
    waiting.forget(before=_horizon())


trim_ledger = Schedule(
    name="trim_ledger",
    story=(together(forget_occasions, forget_attempts, forget_digests, forget_reminders),),
    cron="41 3 * * *",
    catch_up=timedelta(hours=20),
    title=_("Trim the ledger"),
    purpose=_(
        "Forgets scheduled runs, past attempts, digests and reminders older than LEDGER_DAYS."
    ),
)
