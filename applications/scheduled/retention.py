"""Each night: applications that have been kept long enough are announced, then erased."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import retention as keeping_time
from pipelines.definition import step, together
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=1800)
def announce(_occasion: Occasion) -> None:
    """A notice to each applicant."""
    keeping_time.announce(now=timezone.now())


@step(queue="housekeeping", timeout=1800)
def erase(_occasion: Occasion) -> None:
    """Those whose notice has run out."""
    keeping_time.erase(now=timezone.now())


retention = Schedule(
    name="retention",
    story=(together(announce, erase),),
    cron="11 2 * * *",
    catch_up=timedelta(hours=20),
    title=_("Retention"),
    purpose=_("Tells applicants that their time with us is over, and erases a while later."),
)
