"""Every letter, and a dossier, as people get them."""

import subprocess
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.utils import timezone

from applications import dossier
from applications.letters import (
    Enclosure,
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
from applications.letters.message import LetterMessage
from applications.models import (
    Application,
    Digest,
    Document,
    Erasure,
    Job,
    PlannedLetter,
    Report,
    RetentionNotice,
    WaitingReminder,
)
from applications.reports import paper, weeks
from applications.reports.figures import figures_of
from applications.services.hiring.employment import Terms, hire
from applications.services.hiring.interviews import Arrangement, arrange
from tests.factories import make_document
from tests.states import wishes, world

Named = Iterator[tuple[str, LetterMessage]]

_LONG_NAME = (
    "Maria del Carmen Wolfeschlegelsteinhausenbergerdorff-Papadopoulou"
    " Fernández y Gutiérrez de la Concepción"
)
# Whose names and letters are set in other fonts, other directions, or at another size.
PEOPLE = {
    "arabic": {
        "full_name": "أمينة بنت عبد الرحمن الفاسي",
        "cover_letter": "السادة الكرام،\n\nعملت ست سنوات على أنظمة الحجز.\n\nمع خالص التحية\nأمينة",
    },
    "hebrew": {"full_name": "נועה בן־דוד", "cover_letter": "שלום רב,\n\nאנא מצאו קורות חיים."},
    "japanese": {
        "full_name": "山田 太郎左衛門",
        "cover_letter": "拝啓、貴社の募集を拝見しました。\n\n敬具",
    },
    "emoji": {
        "full_name": "Sky 🌻 O'Neill-Ångström",
        "cover_letter": "Hello 👋🏾\n\nShips 🚢 on Fridays.\n\nBye 🙂",
    },
    "long": {
        "full_name": _LONG_NAME,
        "email": "maria.del.carmen.wolfeschlegelsteinhausenbergerdorff@mail.department.example.org",
        "cover_letter": "A word to everybody who reads as far as this. " * 120,
    },
}


def letters() -> Named:
    """Each kind of letter by its name."""
    yield from _to_visitors()
    application = world.done()
    yield from _about_arrival(application)
    yield from _about_waiting(application)
    yield from _about_interview(application)
    yield from _about_employee(application)
    yield from _about_the_end()


def _to_visitors() -> Named:
    wish, alert = wishes.reminder(), wishes.alert()
    yield "closing_confirmation", closing.closing_confirmation(wish)
    yield "closing_reminder", closing.closing_reminder(wish)
    yield "alert_confirmation", alerts.alert_confirmation(alert)
    jobs = Job.objects.open(timezone.now())
    yield "alert", alerts.alert(alert, jobs, number=jobs.count(), due_at=timezone.now())


def _about_arrival(application: Application) -> Named:
    enclosure = Enclosure(f"{application.reference}.pdf", "application/pdf", b"%PDF")
    large = Enclosure("Życiorys.pdf", "application/pdf", bytes(9_500_000))
    yield "application_received", compose.application_received(application, [enclosure])
    yield "new_application", compose.new_application(application, [enclosure, large])


def _about_waiting(application: Application) -> Named:
    now = timezone.now()
    reminder = WaitingReminder.objects.create(job=application.job, day=now.date())
    reminder.applications.add(application)
    yield "waiting_applications", waiting.waiting_applications(reminder)
    titles = Job.objects.values_list("pk", "title")[:3]
    counts = {"new": 3, "failed": 1, "waiting": 2}
    summary = Digest(
        address="hr@example.com",
        day=now.date(),
        since=now.date() - timedelta(days=1),
        jobs=[{"pk": pk, "title": title, **counts} for pk, title in titles],
    )
    summary.save()
    yield "digest", digests.digest(summary)
    report = Report(
        kind=Report.Kind.WEEKLY,
        since=now - timedelta(days=7),
        until=now,
        row_count=12,
        key="reports/weekly-2026-W46.xlsx",
    )
    yield "weekly_report", reports.weekly_report(report, "2026-W46", [])


def _about_interview(application: Application) -> Named:
    now = timezone.now()
    arrangement = Arrangement(
        starts_at=now + timedelta(days=3),
        minutes=45,
        time_zone="Europe/Amsterdam",
        place="Leuvehaven 1, Rotterdam",
        link="https://meet.example.com/zofia",
        people="Grace Hopper, Alan Turing",
        addresses="grace@example.com, alan@example.com",
        message="We look forward to your story about the queue that forgot nothing.",
    )
    notice = arrange(application, arrangement, by=_person(), now=now).notice
    yield "interview", interviews.interview(notice)
    yield "interview_team", interviews.interview_team(notice)
    yield "interview_reminder", interviews.interview_reminder(notice)
    yield "interview_reminder_team", interviews.interview_reminder_team(notice)
    letter = PlannedLetter.objects.create(
        application=application,
        due_at=now,
        by=_person(),
        subject="A word before we meet",
        body="Dear Zofia,\n\nbring nothing but time.\n\nGrace Hopper",
    )
    yield "planned_letter", planned.planned_letter(letter)


def _about_employee(application: Application) -> Named:
    terms = Terms(
        starts_on=date(2027, 3, 1),
        place="Leuvehaven 1, Rotterdam",
        contact_name="Grace Hopper",
        contact_email="grace@example.com",
        good_to_know="Ring the lower bell.\n\nLunch is on us.",
    )
    employee, _is_new = hire(application, terms, by=_person(), now=timezone.now())
    yield "welcome", employment.welcome(employee)
    yield "new_employee", employment.new_employee(employee)


def _about_the_end() -> Named:
    withdrawn = world.withdrawn()
    yield "application_withdrawn", withdrawal.application_withdrawn(withdrawn)
    yield "withdrawal_confirmed", withdrawal.withdrawal_confirmed(withdrawn)
    erase_at = timezone.now() + timedelta(days=14)
    notice = RetentionNotice.objects.create(application=withdrawn, erase_at=erase_at)
    yield "retention_notice", retention.retention_notice(notice)
    world.erased()
    erased = Erasure.objects.get()
    yield "application_erased", erasure.application_erased(erased)
    yield "erasure_receipt", erasure.erasure_receipt(erased)


def _person() -> User:
    return User.objects.get_or_create(username="grace", first_name="Grace", last_name="Hopper")[0]


def shown(message: LetterMessage) -> str:
    """Its HTML, with the logo where a mail program puts it."""
    logo = f"data:image/png;base64,{b64encode(message.logo).decode()}"
    return str(message.alternatives[0].content).replace("cid:logo", logo)


def dossier_pages(folder: Path, name: str, **words: str) -> None:
    """A picture of each page of a dossier with these words in it, ``<name>-<page>.png``."""
    application = world.applied()
    Application.objects.update(**words)
    application.refresh_from_db()
    make_document(
        application,
        kind=Document.Kind.PHOTO,
        filename="me.jpg",
        content_type="image/jpeg",
        size=301_022,
    )
    pdf = dossier.render(application, photo=world.somebody().photo)
    _draw(pdf, folder / name)


def weekly_report_pages(folder: Path, name: str) -> None:
    """The same of the weekly report on applications that have just come in."""
    for make in (world.done, world.withdrawn, world.failed):
        make()
    week = weeks.last_before(timezone.now() + timedelta(days=7))
    _draw(paper.draw(figures_of(week)), folder / name)


def _draw(pdf: bytes, path: Path) -> None:
    subprocess.run(["pdftoppm", "-r", "110", "-png", "-", path], input=pdf, check=True)
