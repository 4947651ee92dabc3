"""Weekdays at 8: HR is reminded of the applications that nobody has moved for long."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services.hiring import waiting
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=300)
def open_reminders(_occasion: Occasion) -> None:
    """A run for each position, which mails those who fill it."""
    waiting.remind(now=timezone.now())


waiting_reminders = Schedule(
    name="waiting_reminders",
    story=(open_reminders,),
    cron="0 8 * * mon-fri",
    catch_up=timedelta(hours=10),
    title=_("What waits"),
    purpose=_("Reminds HR of applications that have been in the same stage for days."),
)
