"""The story of a reminder of what waits."""

from applications import letters
from applications.models import WaitingReminder
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step


@step(queue="deliver", timeout=300, retry=mail_again)
def remind_hr(reminder: WaitingReminder) -> None:
    """Tell those who fill the position which applications wait, if any still does."""
    if reminder.still_waiting().exists():
        letters.waiting_applications(reminder)


waiting_reminder = Pipeline(
    name="waiting_reminder",
    subject=WaitingReminder,
    story=(remind_hr,),
)
