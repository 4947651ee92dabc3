"""Each day: erasures whose letters nobody takes are finished without them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import erasure
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=60)
def forget_overdue(_occasion: Occasion) -> None:
    """Those that were asked for 30 days ago."""
    erasure.forget_overdue(now=timezone.now())


forget_addresses = Schedule(
    name="forget_addresses",
    story=(forget_overdue,),
    cron="23 3 * * *",
    catch_up=timedelta(days=1),
    title=_("Forget addresses of the erased"),
    purpose=_("Finishes erasures whose receipt no mailbox has taken for 30 days."),
)
