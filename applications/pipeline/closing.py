"""The stories of a visitor's wish to be reminded before a position closes."""

from django.utils import timezone

from applications import letters
from applications.models import ClosingReminder
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, StepError, step


class ClosedMeanwhile(StepError):
    """The reminder was held up until the position had closed."""


@step(queue="deliver", timeout=300, retry=mail_again)
def ask_visitor(wish: ClosingReminder) -> None:
    """Ask by mail whether the wish is theirs."""
    letters.closing_confirmation(wish)


@step(queue="deliver", timeout=300, retry=mail_again)
def remind_visitor(wish: ClosingReminder) -> None:
    """Remind them. Raises ClosedMeanwhile once the position takes no applications."""
    if not wish.job.is_open(timezone.now()):
        raise ClosedMeanwhile("The position had closed before the reminder could go out.")
    letters.closing_reminder(wish)


closing_confirmation = Pipeline(
    name="closing_confirmation",
    subject=ClosingReminder,
    story=(ask_visitor,),
)

closing_reminder = Pipeline(
    name="closing_reminder",
    subject=ClosingReminder,
    story=(remind_visitor,),
)
