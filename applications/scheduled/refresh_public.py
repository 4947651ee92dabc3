"""Every five minutes: the public feed and the counters are made anew and kept in the cache."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import publishing
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=60)
def make_feed_and_counters(_occasion: Occasion) -> None:
    """For whoever asks within the next minutes."""
    publishing.refresh(now=timezone.now())


refresh_public = Schedule(
    name="refresh_public",
    story=(make_feed_and_counters,),
    cron="*/5 * * * *",
    catch_up=timedelta(minutes=5),
    title=_("Refresh the feed"),
    purpose=_("Makes the public feed and the counters of open positions anew."),
)
