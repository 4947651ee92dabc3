"""The story of a letter that was planned, once its time has come."""

from applications import letters
from applications.models import PlannedLetter
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step


@step(queue="deliver", timeout=300, retry=mail_again)
def send_letter(planned: PlannedLetter) -> None:
    """Send it to the applicant, in the words that were planned."""
    letters.planned_letter(planned)


planned_letter = Pipeline(
    name="planned_letter",
    subject=PlannedLetter,
    story=(send_letter,),
)
