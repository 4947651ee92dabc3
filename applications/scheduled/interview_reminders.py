"""Every five minutes: both sides are reminded of the interviews that are near."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services.hiring import interviews
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=120)
def open_reminders(_occasion: Occasion) -> None:
    """A run for each, which mails both sides."""
    interviews.remind(now=timezone.now())


interview_reminders = Schedule(
    name="interview_reminders",
    story=(open_reminders,),
    cron="*/5 * * * *",
    catch_up=timedelta(hours=1),
    title=_("Interview reminders"),
    purpose=_("Reminds both sides of an interview before it takes place."),
)
