"""Each hour: the rows are held against the world, and what can be put right is put right."""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.pipeline.retries import store_again
from applications.services import reconciliation
from pipelines.definition import StepError, step
from pipelines.models import Run
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

logger = logging.getLogger(__name__)


class PersonNeeded(StepError):
    """Something was found that only a person can put right, and of which no failed run tells."""


@step(queue="housekeeping", timeout=3000, retry=store_again)
def compare_and_repair(occasion: Occasion) -> None:
    """Applications, runs, objects and letters; each finding is told in the log.

    Raises PersonNeeded, so that people hear of it as of any failed run, and once: while the run of
    an earlier hour waits for them, the later ones end well.
    """
    counts = reconciliation.reconcile(now=timezone.now())
    logger.info("Reconciled: %s", counts)
    if counts["untold"] and not _is_told(occasion):
        raise PersonNeeded(
            f"Findings that need a person: {counts['untold']}."
            " python manage.py reconcile --dry-run lists them."
        )


def _is_told(occasion: Occasion) -> bool:
    waiting = Run.objects.filter(pipeline=reconcile.name, status=Run.Status.FAILED)
    return waiting.exclude(subject_id=str(occasion.pk)).exists()


reconcile = Schedule(
    name="reconcile",
    story=(compare_and_repair,),
    # Each hour of the day has its share of the applications.
    cron="17 * * * *",
    catch_up=timedelta(minutes=30),
    title=_("Reconcile"),
    purpose=_(
        "Compares applications, runs, stored files and letters, and puts right what can be "
        "put right."
    ),
)
