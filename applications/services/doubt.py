"""Letters of which nobody knows whether the mail server has them: a person decides.

The policy (EMAIL_DOUBT_POLICY) has left them to one, or they are its second copies. What is
decided is written into the letter, and its step is done again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from applications.models import Letter
from applications.pipeline import interview, interview_notice, interview_reminder
from applications.pipeline.alert_confirmation import alert_confirmation, ask_mailbox
from applications.pipeline.apply_now import apply_now, email_applicant, email_hr
from applications.pipeline.closing import (
    ask_visitor,
    closing_confirmation,
    closing_reminder,
    remind_visitor,
)
from applications.pipeline.digest import digest, send_digest
from applications.pipeline.erasure import email_applicant as send_erasure_receipt
from applications.pipeline.erasure import email_hr as tell_hr_of_erasure
from applications.pipeline.erasure import erasure
from applications.pipeline.planned_letter import planned_letter, send_letter
from applications.pipeline.retention_notice import announce_erasure, retention_notice
from applications.pipeline.waiting_reminder import remind_hr, waiting_reminder
from applications.pipeline.welcome import email_employee, tell_hr, welcome
from applications.pipeline.withdrawal import email_applicant as confirm_withdrawal
from applications.pipeline.withdrawal import email_hr as tell_hr_of_withdrawal
from applications.pipeline.withdrawal import withdrawal
from pipelines import ledger
from pipelines.models import Run, StepRun
from pipelines.schedules.models import Occasion


@dataclass(frozen=True, slots=True)
class Carrier:
    """The step that hands over a kind of letter, and which subject's run it belongs to.

    Both by name: a scheduled job's own module is above this one.
    """

    pipeline: str
    step: str
    subject_id: Callable[[Letter], str]


def _application(letter: Letter) -> str:
    return str(letter.application_id)


def _about(letter: Letter) -> str:
    return letter.about


def _occasion(letter: Letter) -> str:
    """That of the due time at the end of ``about``; "None" once the ledger has forgotten it."""
    due_at = datetime.fromisoformat(letter.about.split(":", 2)[2])
    occasions = Occasion.objects.filter(schedule="job_alerts", due_at=due_at)
    return str(occasions.values_list("pk", flat=True).first())


CARRIERS: dict[str, Carrier] = {
    Letter.Kind.NEW_APPLICATION: Carrier(apply_now.name, email_hr.name, _application),
    Letter.Kind.APPLICATION_RECEIVED: Carrier(apply_now.name, email_applicant.name, _application),
    Letter.Kind.WELCOME: Carrier(welcome.name, email_employee.name, _about),
    Letter.Kind.NEW_EMPLOYEE: Carrier(welcome.name, tell_hr.name, _about),
    Letter.Kind.APPLICATION_WITHDRAWN: Carrier(
        withdrawal.name, tell_hr_of_withdrawal.name, _application
    ),
    Letter.Kind.WITHDRAWAL_CONFIRMED: Carrier(
        withdrawal.name, confirm_withdrawal.name, _application
    ),
    Letter.Kind.INTERVIEW: Carrier(interview_notice.name, interview.email_applicant.name, _about),
    Letter.Kind.INTERVIEW_TEAM: Carrier(interview_notice.name, interview.email_team.name, _about),
    Letter.Kind.INTERVIEW_REMINDER: Carrier(
        interview_reminder.name, interview.remind_applicant.name, _about
    ),
    Letter.Kind.INTERVIEW_REMINDER_TEAM: Carrier(
        interview_reminder.name, interview.remind_team.name, _about
    ),
    Letter.Kind.APPLICATION_ERASED: Carrier(erasure.name, tell_hr_of_erasure.name, _about),
    Letter.Kind.ERASURE_RECEIPT: Carrier(erasure.name, send_erasure_receipt.name, _about),
    Letter.Kind.RETENTION_NOTICE: Carrier(retention_notice.name, announce_erasure.name, _about),
    Letter.Kind.PLANNED_LETTER: Carrier(planned_letter.name, send_letter.name, _about),
    Letter.Kind.CLOSING_CONFIRMATION: Carrier(closing_confirmation.name, ask_visitor.name, _about),
    Letter.Kind.CLOSING_REMINDER: Carrier(closing_reminder.name, remind_visitor.name, _about),
    Letter.Kind.WEEKLY_REPORT: Carrier("weekly_report", "email_hr", _about),
    Letter.Kind.WAITING_APPLICATIONS: Carrier(waiting_reminder.name, remind_hr.name, _about),
    Letter.Kind.DIGEST: Carrier(digest.name, send_digest.name, _about),
    Letter.Kind.ALERT_CONFIRMATION: Carrier(alert_confirmation.name, ask_mailbox.name, _about),
    Letter.Kind.ALERT: Carrier("job_alerts", "mail_subscribers", _occasion),
}

# Apply Now's own: the name of the step for each kind of letter.
STEPS = {
    kind: carrier.step for kind, carrier in CARRIERS.items() if carrier.pipeline == apply_now.name
}

_ENDED = (StepRun.Status.SUCCESS, StepRun.Status.FAILURE)


def steps_of(letter: Letter) -> QuerySet[StepRun]:
    """The step that hands the letter over, as it stands; none once its run is forgotten."""
    carrier = CARRIERS[letter.kind]
    return StepRun.objects.filter(
        run__pipeline=carrier.pipeline,
        run__subject_id=carrier.subject_id(letter),
        name=carrier.step,
    )


def is_undecided(letter: Letter) -> bool:
    """Whether the letter is in doubt and waits for a person, no step being at it. One query."""
    return letter.is_in_doubt and steps_of(letter).filter(status__in=_ENDED).exists()


def arrived(letter: Letter, *, now: datetime) -> bool:
    """It did arrive: take it for sent when it was handed over. False: it was decided already."""
    return _decide(
        letter, f"A person decided on {_moment(now)} that it had arrived.", now, letter.intent_at
    )


def send_again(letter: Letter, *, now: datetime) -> bool:
    """Let one more copy go out, under the same Message-ID. False: it was decided already."""
    return _decide(letter, f"A person had it sent again on {_moment(now)}.", now, None)


def _decide(letter: Letter, note: str, now: datetime, sent_at: datetime | None) -> bool:
    """Note what was decided on a letter that nothing has happened to since it was read."""
    unchanged = Letter.objects.in_doubt().filter(pk=letter.pk, intents=letter.intents)
    with transaction.atomic():
        won = unchanged.filter(intent_at=letter.intent_at).update(
            sent_at=sent_at,
            # A letter without an intent is one to be handed over.
            intent_at=sent_at,
            note=letter.note_with(note),
        )
        if won:
            carrier = CARRIERS[letter.kind]
            ledger.reopen(_run(carrier, letter), {carrier.step}, now=now)
    return won == 1


def _run(carrier: Carrier, letter: Letter) -> Run:
    return Run.objects.get(pipeline=carrier.pipeline, subject_id=carrier.subject_id(letter))


def _moment(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M} UTC"
