"""At midnight: the database is backed up into the bucket."""

import logging
from datetime import UTC, timedelta

from django.utils.translation import gettext_lazy as _

from applications.pipeline.retries import store_again
from applications.services import backups
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

logger = logging.getLogger(__name__)


@step(queue="housekeeping", timeout=3000, retry=store_again)
def write_backup(occasion: Occasion) -> None:
    """Under the name of its due time, however often it is tried."""
    logger.info("Backup written: %s", backups.make(due_at=occasion.due_at.astimezone(UTC)))


@step(queue="housekeeping", timeout=300, retry=store_again)
def drop_old_backups(_occasion: Occasion) -> None:
    """All but the last BACKUPS_KEPT, and only once there is a new one."""
    for name in backups.drop_old():
        logger.info("Backup dropped: %s", name)


backup = Schedule(
    name="backup",
    story=(write_backup, drop_old_backups),
    cron="0 0 * * *",
    catch_up=timedelta(hours=12),
    title=_("Backup"),
    purpose=_("Writes the database into the object store and keeps the last backups."),
)
