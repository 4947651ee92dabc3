"""The Celery task that Beat sends: somebody is to look whether a schedule is due."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from pipelines.schedules import beat, opening
from pipelines.schedules.registry import UnknownSchedule, find_schedule

logger = logging.getLogger(__name__)


@shared_task(name=beat.RING, ignore_result=True)
def ring(*, schedule: str, **_: Any) -> None:
    """Begin the schedule if it is due. One that this release does not have is left alone."""
    try:
        found = find_schedule(schedule)
    except UnknownSchedule as unknown:
        logger.warning("Beat rang in vain: %s", unknown)
    else:
        opening.begin(found, now=timezone.now())
