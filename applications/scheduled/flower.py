"""Each minute: Flower is asked what it shows as unfinished, and told where it errs."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pipelines.broker import BrokerAway
from pipelines.definition import step
from pipelines.flower import Flower, FlowerAway
from pipelines.flower import correct as correct_flower
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

logger = logging.getLogger(__name__)


@step(queue="housekeeping", timeout=120)
def correct(_occasion: Occasion) -> None:
    """Best effort: a Flower that is down misleads nobody, and the next minute comes."""
    if not settings.FLOWER_LOGIN:
        return
    there = Flower(settings.FLOWER_URL, settings.FLOWER_LOGIN)
    try:
        count = correct_flower(there, now=timezone.now())
    except (FlowerAway, BrokerAway) as away:
        logger.warning("Flower was not corrected: %s (%s)", type(away).__name__, away)
    else:
        if count:
            logger.info("Flower was wrong about %d tasks and has been told.", count)


flower = Schedule(
    name="flower",
    story=(correct,),
    cron="* * * * *",
    catch_up=timedelta(minutes=2),
    title=_("Flower's word"),
    purpose=_("Tells Flower how tasks ended that it wrongly shows as open, failed or revoked."),
)
