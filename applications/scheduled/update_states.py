"""Every half hour: positions are marked as open or closed, and applications as waiting for long."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import standing
from pipelines.definition import step, together
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=120)
def update_positions(_occasion: Occasion) -> None:
    """By their dates."""
    standing.update_positions(now=timezone.now())


@step(queue="housekeeping", timeout=300)
def mark_waiting(_occasion: Occasion) -> None:
    """By how long nobody has moved them."""
    standing.mark_waiting(now=timezone.now())


update_states = Schedule(
    name="update_states",
    story=(together(update_positions, mark_waiting),),
    cron="*/30 * * * *",
    catch_up=timedelta(hours=1),
    title=_("Update states"),
    purpose=_("Opens and closes positions by their dates, and marks applications that wait long."),
)
