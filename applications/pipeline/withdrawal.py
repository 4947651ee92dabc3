"""The story of a withdrawal: what happens when an applicant does not want it any more."""

from applications import letters
from applications.models import Application
from applications.pipeline.apply_now import gets_letters
from applications.pipeline.retries import mail_after_rest, mail_again, wait_for_rest
from pipelines.definition import Pipeline, step, together


@step(queue="deliver", timeout=300, retry=mail_after_rest)
def email_hr(application: Application) -> None:
    """Tell HR, and whether they have been mailed the application before."""
    wait_for_rest(application)
    letters.application_withdrawn(application)


@step(queue="deliver", timeout=300, retry=mail_again, needed_by=gets_letters)
def email_applicant(application: Application) -> None:
    """Confirm it to the applicant."""
    letters.withdrawal_confirmed(application)


withdrawal = Pipeline(
    name="withdrawal",
    subject=Application,
    story=(together(email_hr, email_applicant),),
)
