"""Each hour: the rows are held against the world, and what can be put right is put right."""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.pipeline.retries import store_again
from applications.services import reconciliation
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

logger = logging.getLogger(__name__)


@step(queue="housekeeping", timeout=3000, retry=store_again)
def compare_and_repair(_occasion: Occasion) -> None:
    """Applications, runs, objects and letters; what was found is told in the log."""
    logger.info("Reconciled: %s", reconciliation.reconcile(now=timezone.now()))


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
