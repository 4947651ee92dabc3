"""Hiring somebody: one transaction, and the welcome follows by itself."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from applications.models import Application, Employee
from applications.pipeline import welcome
from applications.services.hiring import stages
from pipelines import canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a new employee is told of their first day."""

    starts_on: date
    place: str
    contact_name: str
    contact_email: str
    good_to_know: str


def hire(
    application: Application, terms: Terms, *, by: User | None, now: datetime
) -> tuple[Employee, bool]:
    """Make an employee of the applicant and open the run that welcomes them.

    The employee, and whether this call made it: who is hired already stays hired on the first
    one's terms. Raises StageRefused for a withdrawn application. ``now`` is aware.
    """
    with transaction.atomic():
        current = stages.lock(application)
        hired = Employee.objects.filter(application=current).first()
        if hired is not None:
            return hired, False
        stages.write(current, Application.Stage.HIRED, by=by, now=now, note="")
        employee = Employee.objects.create(
            application=current,
            job=current.job,
            full_name=current.full_name,
            email=current.email,
            hired_at=now,
            hired_by=by,
            **asdict(terms),
        )
        canvas.start(welcome, employee)
    return employee, True
