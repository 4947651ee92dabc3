"""Every half hour: the files of forms that nobody came back to are deleted."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.services import keeping
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=60)
def delete_old_files(_occasion: Occasion) -> None:
    """Those kept for longer than a day."""
    keeping.forget_kept_files(now=timezone.now())


forget_kept_files = Schedule(
    name="forget_kept_files",
    story=(delete_old_files,),
    cron="7,37 * * * *",
    catch_up=timedelta(hours=1),
    title=_("Forget kept files"),
    purpose=_("Deletes the files of forms that nobody came back to within a day."),
)
