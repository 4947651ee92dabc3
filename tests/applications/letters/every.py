"""Every letter in all its wordings."""

from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, timedelta

from applications.letters import (
    Enclosure,
    alerts,
    closing,
    compose,
    digests,
    employment,
    erasure,
    interviews,
    reports,
    waiting,
    withdrawal,
)
from applications.letters.message import LetterMessage
from applications.models import (
    Alert,
    Application,
    ClosingReminder,
    Digest,
    Document,
    Employee,
    Erasure,
    Job,
    Letter,
    Notice,
    Report,
    WaitingReminder,
)
from tests.states import papers

Messages = Iterator[LetterMessage]

LARGE = Enclosure("all.pdf", "application/pdf", bytes(9_500_000))


def letters() -> Messages:
    """One of each kind, and what else the same kinds can say."""
    for _name, message in papers.letters():
        yield message
    yield from _to_visitors()
    yield from _about_arrival(Application.objects.earliest("submitted_at"))
    for change in Notice.Change:
        yield from _about_interview(Notice.objects.latest("at"), change)
    yield employment.welcome(_with(Employee.objects.latest("hired_at"), good_to_know=""))
    yield from _to_hr()
    yield from _about_the_end(Erasure.objects.get())


def _with(row, **values):
    """The row as it would be with these values; nothing is saved."""
    other = copy(row)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def _to_visitors() -> Messages:
    alert, wish = Alert.objects.latest("pk"), ClosingReminder.objects.latest("pk")
    anything = _with(alert, words="")
    yield alerts.alert_confirmation(anything)
    now = datetime.now(UTC)
    for each, number in ((anything, 1), (anything, 21), (alert, 1), (alert, 22)):
        yield alerts.alert(each, Job.objects.all(), number=number, due_at=now)
    job = _with(wish.job, closes_at=now + timedelta(days=2))
    yield closing.closing_confirmation(_with(wish, job=job))
    yield closing.closing_reminder(_with(wish, job=job))


def _about_arrival(application: Application) -> Messages:
    yield compose.application_received(_with(application, full_name="A" * 70), [LARGE])
    yield compose.new_application(application, [])
    application.documents.update(caution=Document.Caution.INFECTED)
    yield compose.new_application(application, [])


def _about_interview(notice: Notice, change: Notice.Change) -> Messages:
    for each in (_with(notice, change=change), _with(notice, change=change, message="", minutes=1)):
        yield interviews.interview(each)
        yield interviews.interview_team(each)


def _to_hr() -> Messages:
    job, day = Job.objects.earliest("pk"), datetime.now(UTC).date()
    for new, failed, waits in ((0, 1, 1), (1, 0, 0), (2, 2, 2)):
        counts = {"new": new, "failed": failed, "waiting": waits}
        jobs = [{"pk": job.pk, "title": job.title, **counts}]
        yield digests.digest(Digest(pk=9, day=day, since=day - timedelta(days=1 + new), jobs=jobs))
    reminder = WaitingReminder.objects.create(job=job, day=day - timedelta(days=1))
    reminder.applications.set(Application.objects.all()[:3])
    yield waiting.waiting_applications(reminder)
    now = datetime.now(UTC)
    for number in (0, 1):
        report = Report(since=now, until=now, row_count=number, key="reports/weekly/2026-W46.pdf")
        yield reports.weekly_report(report, "2026-W46", [])


def _about_the_end(erased: Erasure) -> Messages:
    start = datetime.now(UTC).isoformat()
    others = {"is_kept_long_enough": True, "called_off": [start, start], "is_employed": True}
    for number in (1, 2):
        each = _with(erased, alert_count=number, our_addresses="hr@example.com", **others)
        yield erasure.application_erased(each)
        yield erasure.erasure_receipt(each)
    application = Application.objects.latest("submitted_at")
    now = datetime.now(UTC)
    named = {"message_id": "<a@example.com>", "about": "it"}
    for told in ({"intent_at": None}, {"intent_at": now}, {"intent_at": now, "sent_at": now}):
        Letter.objects.update_or_create(
            defaults={**named, **told}, kind=Letter.Kind.NEW_APPLICATION, application=application
        )
        yield withdrawal.application_withdrawn(application)
