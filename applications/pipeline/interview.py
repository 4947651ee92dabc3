"""The stories of an interview: both sides are told of each change, and reminded in time."""

from django.utils import timezone

from applications import letters
from applications.models import Notice
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, StepError, step, together


class TooLate(StepError):
    """What was to be said in time was held up until it made no sense any more."""


@step(queue="deliver", timeout=300, retry=mail_again)
def email_applicant(notice: Notice) -> None:
    """Invite the applicant, or tell of a change or the cancellation, with a calendar file."""
    letters.interview(notice)


@step(queue="deliver", timeout=300, retry=mail_again)
def email_team(notice: Notice) -> None:
    """The same to our people."""
    letters.interview_team(notice)


@step(queue="deliver", timeout=300, retry=mail_again)
def remind_applicant(notice: Notice) -> None:
    """Remind the applicant. Raises TooLate once the interview has begun."""
    _check_in_time(notice)
    letters.interview_reminder(notice)


@step(queue="deliver", timeout=300, retry=mail_again)
def remind_team(notice: Notice) -> None:
    """Remind our people. Raises TooLate once the interview has begun."""
    _check_in_time(notice)
    letters.interview_reminder_team(notice)


def _check_in_time(notice: Notice) -> None:
    if notice.starts_at <= timezone.now():
        raise TooLate("The interview had begun before a reminder could go out.")


interview_notice = Pipeline(
    name="interview_notice",
    subject=Notice,
    story=(together(email_applicant, email_team),),
)

interview_reminder = Pipeline(
    name="interview_reminder",
    subject=Notice,
    story=(together(remind_applicant, remind_team),),
)
