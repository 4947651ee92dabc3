"""Every ten minutes: visitors are reminded of positions that close soon, as they asked."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import closing
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=300)
def remind_visitors(_occasion: Occasion) -> None:
    """A run for each who confirmed the wish; what is over is forgotten."""
    closing.remind(now=timezone.now())


closing_reminders = Schedule(
    name="closing_reminders",
    story=(remind_visitors,),
    cron="*/10 * * * *",
    catch_up=timedelta(hours=1),
    title=_("Reminders before positions close"),
    purpose=_("Reminds visitors who asked for it two days before a position closes."),
)
