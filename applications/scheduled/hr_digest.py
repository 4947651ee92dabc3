"""Each morning at 8: HR hears what came in the day before, and what failed or waits."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from applications.services.hiring import digests
from pipelines.definition import step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=300)
def open_digests(occasion: Occasion) -> None:
    """A run for each address, which mails it."""
    before = occasion.previous
    digests.open_digests(due_at=occasion.due_at, previous=before.due_at if before else None)


hr_digest = Schedule(
    name="hr_digest",
    story=(open_digests,),
    cron="0 8 * * *",
    catch_up=timedelta(hours=10),
    title=_("Digest for HR"),
    purpose=_("Mails HR the applications of the day before, by position."),
)
