"""The story of a new employee: they are welcomed, and HR is told."""

from applications import letters
from applications.models import Employee
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step, together


@step(queue="deliver", timeout=300, retry=mail_again)
def email_employee(employee: Employee) -> None:
    """Tell them of their first day, with a file for their calendar."""
    letters.welcome(employee)


@step(queue="deliver", timeout=300, retry=mail_again)
def tell_hr(employee: Employee) -> None:
    """Tell HR who begins when."""
    letters.new_employee(employee)


welcome = Pipeline(
    name="welcome",
    subject=Employee,
    story=(together(email_employee, tell_hr),),
)
