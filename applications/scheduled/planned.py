"""Each minute: the letters and moves whose time has come are begun."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services.hiring import planning
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=120)
def begin_due(_occasion: Occasion) -> None:
    """Letters get a run each, moves are made."""
    planning.begin_due(now=timezone.now())


planned = Schedule(
    name="planned",
    story=(begin_due,),
    cron="* * * * *",
    # However long the clock stood still: whatever is due by then is begun.
    catch_up=timedelta(minutes=2),
    title=_("Planned letters and moves"),
    purpose=_("Sends the letters and moves the applications that were planned for a time."),
)
