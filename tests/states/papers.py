"""Every letter, and a dossier, as people get them."""

import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.utils import timezone

from applications import dossier
from applications.letters import Enclosure, compose, employment, erasure, interviews, withdrawal
from applications.letters.message import LetterMessage
from applications.models import Application, Document, Erasure
from applications.services.hiring.employment import Terms, hire
from applications.services.hiring.interviews import Arrangement, arrange
from tests.factories import make_document
from tests.states import world


def letters() -> Iterator[tuple[str, LetterMessage]]:
    """Each kind of letter by its name."""
    application = world.done()
    enclosure = Enclosure(f"{application.reference}.pdf", "application/pdf", b"%PDF")
    large = Enclosure("Życiorys.pdf", "application/pdf", bytes(9_500_000))
    yield "application_received", compose.application_received(application, [enclosure])
    yield "new_application", compose.new_application(application, [enclosure, large])
    yield "new_application-infected", compose.new_application(world.infected(), [enclosure])
    yield from _about_interview(application)
    yield from _about_employee(application)
    withdrawn = world.withdrawn()
    yield "application_withdrawn", withdrawal.application_withdrawn(withdrawn)
    yield "withdrawal_confirmed", withdrawal.withdrawal_confirmed(withdrawn)
    world.erased()
    erased = Erasure.objects.get()
    yield "application_erased", erasure.application_erased(erased)
    yield "erasure_receipt", erasure.erasure_receipt(erased)


def _about_interview(application: Application) -> Iterator[tuple[str, LetterMessage]]:
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


def _about_employee(application: Application) -> Iterator[tuple[str, LetterMessage]]:
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


def _person() -> User:
    return User.objects.get_or_create(username="grace", first_name="Grace", last_name="Hopper")[0]


def dossier_pages(folder: Path, name: str) -> None:
    """A picture of each page of a dossier, ``<name>-<page>.png``."""
    application = world.applied()
    make_document(application, kind=Document.Kind.PHOTO, filename="me.jpg", size=301_022)
    someone = world.somebody()
    pdf = dossier.render(application, photo=someone.photo, cv=dossier.pages_of(someone.resume))
    subprocess.run(["pdftoppm", "-r", "110", "-png", "-", folder / name], input=pdf, check=True)
