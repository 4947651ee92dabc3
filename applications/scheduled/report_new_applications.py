"""Each minute: new applications and hires, as a CSV file in the object store."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.pipeline.retries import store_again
from applications.services import reporting
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=600, retry=store_again)
def write_arrivals(occasion: Occasion) -> None:
    """What came between the occasion before and this one; no file if nothing did."""
    previous = occasion.previous
    reporting.report_arrivals(
        since=previous.due_at if previous else None, until=occasion.due_at, now=timezone.now()
    )


report_new_applications = Schedule(
    name="report_new_applications",
    story=(write_arrivals,),
    cron="* * * * *",
    catch_up=timedelta(days=1),
    title=_("New applications"),
    purpose=_("Lists new applications and hires in a CSV file under Reports, if there are any."),
)
