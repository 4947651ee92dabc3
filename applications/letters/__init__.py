"""The letters, one function each: composed and handed to the mail server.

Each goes out once, however often its function is called. Errors pass through as ``delivery``
raises them.
"""

from collections.abc import Sequence
from datetime import datetime

from applications.letters import (
    alerts,
    closing,
    compose,
    digests,
    employment,
    erasure,
    interviews,
    planned,
    reports,
    retention,
    waiting,
    withdrawal,
)
from applications.letters.delivery import deliver
from applications.letters.enclosures import Enclosure
from applications.letters.errors import (
    LetterHeld,
    LetterTaken,
    MailAccountRefused,
    MailboxRefused,
    MailInDoubt,
    MailRefused,
    MailServerAway,
    MailUnavailable,
)
from applications.letters.headers import message_id
from applications.letters.message import LetterMessage
from applications.models import (
    Alert,
    Application,
    ClosingReminder,
    Digest,
    Employee,
    Erasure,
    Letter,
    Notice,
    PlannedLetter,
    Report,
    RetentionNotice,
    WaitingReminder,
)
from applications.models.job import JobQuerySet

__all__ = [
    "Enclosure",
    "LetterHeld",
    "LetterTaken",
    "MailAccountRefused",
    "MailInDoubt",
    "MailRefused",
    "MailServerAway",
    "MailUnavailable",
    "MailboxRefused",
    "alert",
    "alert_confirmation",
    "application_erased",
    "application_received",
    "application_withdrawn",
    "closing_confirmation",
    "closing_reminder",
    "digest",
    "erasure_receipt",
    "interview",
    "interview_reminder",
    "interview_reminder_team",
    "interview_team",
    "message_id",
    "new_application",
    "new_employee",
    "planned_letter",
    "retention_notice",
    "waiting_applications",
    "weekly_report",
    "welcome",
    "withdrawal_confirmed",
]


def new_application(application: Application, *, enclosures: Sequence[Enclosure]) -> None:
    """Tell HR of a new application, with those of the files that fit into a letter."""
    message = compose.new_application(application, enclosures)
    _deliver(application, Letter.Kind.NEW_APPLICATION, message)


def application_received(application: Application, *, enclosures: Sequence[Enclosure]) -> None:
    """Give the applicant a receipt that names what arrived, and the dossier made of it."""
    message = compose.application_received(application, enclosures)
    _deliver(application, Letter.Kind.APPLICATION_RECEIVED, message)


def welcome(employee: Employee) -> None:
    """Welcome a new employee: when, where and whom to ask, with a file for their calendar."""
    _welcome(employee, Letter.Kind.WELCOME, employment.welcome(employee))


def new_employee(employee: Employee) -> None:
    """Tell HR who begins when."""
    _welcome(employee, Letter.Kind.NEW_EMPLOYEE, employment.new_employee(employee))


def _welcome(employee: Employee, kind: Letter.Kind, message: LetterMessage) -> None:
    deliver(kind=kind, about=str(employee.pk), message=message, application=employee.application)


def application_withdrawn(application: Application) -> None:
    """Tell HR that the applicant has withdrawn. Not before Apply Now is at rest."""
    message = withdrawal.application_withdrawn(application)
    _deliver(application, Letter.Kind.APPLICATION_WITHDRAWN, message)


def withdrawal_confirmed(application: Application) -> None:
    """Confirm a withdrawal to the applicant."""
    message = withdrawal.withdrawal_confirmed(application)
    _deliver(application, Letter.Kind.WITHDRAWAL_CONFIRMED, message)


def interview(notice: Notice) -> None:
    """Invite the applicant, or tell of a change or the cancellation."""
    _interview(notice, Letter.Kind.INTERVIEW, interviews.interview(notice))


def interview_team(notice: Notice) -> None:
    """The same to our people."""
    _interview(notice, Letter.Kind.INTERVIEW_TEAM, interviews.interview_team(notice))


def interview_reminder(notice: Notice) -> None:
    """Remind the applicant of an interview."""
    _interview(notice, Letter.Kind.INTERVIEW_REMINDER, interviews.interview_reminder(notice))


def interview_reminder_team(notice: Notice) -> None:
    """Remind our people of it."""
    _interview(
        notice, Letter.Kind.INTERVIEW_REMINDER_TEAM, interviews.interview_reminder_team(notice)
    )


def _interview(notice: Notice, kind: Letter.Kind, message: LetterMessage) -> None:
    application = notice.interview.application
    deliver(kind=kind, about=str(notice.pk), message=message, application=application)


def planned_letter(letter: PlannedLetter) -> None:
    """Send the applicant what our people have written."""
    deliver(
        kind=Letter.Kind.PLANNED_LETTER,
        about=str(letter.pk),
        message=planned.planned_letter(letter),
        application=letter.application,
    )


def waiting_applications(reminder: WaitingReminder) -> None:
    """Remind HR of applications that nobody has moved for long."""
    message = waiting.waiting_applications(reminder)
    deliver(kind=Letter.Kind.WAITING_APPLICATIONS, about=str(reminder.pk), message=message)


def weekly_report(report: Report, *, about: str, enclosures: Sequence[Enclosure]) -> None:
    """Send HR the figures of a week; ``report`` is any of its files."""
    message = reports.weekly_report(report, about, enclosures)
    deliver(kind=Letter.Kind.WEEKLY_REPORT, about=about, message=message)


def closing_confirmation(wish: ClosingReminder) -> None:
    """Ask a visitor whether they want to be reminded before a position closes."""
    message = closing.closing_confirmation(wish)
    deliver(kind=Letter.Kind.CLOSING_CONFIRMATION, about=str(wish.pk), message=message)


def closing_reminder(wish: ClosingReminder) -> None:
    """Remind a visitor that a position closes soon."""
    message = closing.closing_reminder(wish)
    deliver(kind=Letter.Kind.CLOSING_REMINDER, about=str(wish.pk), message=message)


def retention_notice(notice: RetentionNotice) -> None:
    """Tell the applicant until when the application is kept."""
    deliver(
        kind=Letter.Kind.RETENTION_NOTICE,
        about=str(notice.pk),
        message=retention.retention_notice(notice),
        application=notice.application,
    )


def _deliver(application: Application, kind: Letter.Kind, message: LetterMessage) -> None:
    deliver(kind=kind, about=str(application.pk), message=message, application=application)


def application_erased(subject: Erasure) -> None:
    """Ask HR to delete what they were mailed of an application that was erased."""
    _deliver_of(subject, Letter.Kind.APPLICATION_ERASED, erasure.application_erased(subject))


def erasure_receipt(subject: Erasure) -> None:
    """Give whoever asked for it a receipt of what was erased."""
    _deliver_of(subject, Letter.Kind.ERASURE_RECEIPT, erasure.erasure_receipt(subject))


def _deliver_of(subject: Erasure, kind: Letter.Kind, message: LetterMessage) -> None:
    deliver(kind=kind, about=str(subject.pk), message=message)


def alert_confirmation(subject: Alert) -> None:
    """Ask whoever reads the mailbox whether the alert is meant."""
    message = alerts.alert_confirmation(subject)
    deliver(kind=Letter.Kind.ALERT_CONFIRMATION, about=str(subject.pk), message=message)


def alert(subject: Alert, jobs: JobQuerySet, *, number: int, due_at: datetime) -> None:
    """Tell a subscriber of ``number`` new positions, once for each due time (aware)."""
    about = alerts.about(subject, due_at)
    message = alerts.alert(subject, jobs, number=number, due_at=due_at)
    deliver(kind=Letter.Kind.ALERT, about=about, message=message)


def digest(subject: Digest) -> None:
    """Tell one of HR's addresses what came in the day before."""
    deliver(kind=Letter.Kind.DIGEST, about=str(subject.pk), message=digests.digest(subject))
