"""The letters about a new employee, composed. Nothing is sent here."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from applications.letters import calendar, dates, plain
from applications.letters.enclosures import Enclosure
from applications.letters.headers import mailbox
from applications.letters.links import unlinked
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Employee, Letter
from applications.staff_links import employee_url
from applications.text import one_line, paragraphs

Pair = tuple[str, str]


def welcome(employee: Employee) -> LetterMessage:
    """To the employee: when, where, who to ask, and a file for their calendar.

    An answer to this letter goes to the contact person.
    """
    context = {
        "name": unlinked(one_line(employee.full_name)),
        "good_to_know": paragraphs(employee.good_to_know),
        # The first day stands above them, large.
        "facts": _facts(employee)[1:],
    }
    message = _letter(Letter.Kind.WELCOME, employee, context, [calendar.first_day(employee)])
    message.to = [employee.email]
    message.reply_to = [mailbox(employee.contact_name, employee.contact_email)]
    return message


def new_employee(employee: Employee) -> LetterMessage:
    """To HR: who begins when, and what they were told."""
    context = {
        "name": one_line(employee.full_name),
        "email": employee.email,
        "employee_url": employee_url(employee),
    }
    message = _letter(Letter.Kind.NEW_EMPLOYEE, employee, context, [])
    message.to = employee.job.hr_addresses
    return message


def _letter(
    kind: Letter.Kind,
    employee: Employee,
    context: dict[str, Any],
    enclosures: Sequence[Enclosure],
) -> LetterMessage:
    facts = _facts(employee)
    return write(
        kind=kind,
        about=str(employee.pk),
        written_at=employee.hired_at,
        context={"job": employee.job, "first_day": facts[0][1], "facts": facts, **context},
        plain_context={"facts": plain.aligned(facts)},
        enclosures=enclosures,
    )


def _facts(employee: Employee) -> tuple[Pair, ...]:
    return (
        (_("First day"), dates.weekday(employee.starts_on)),
        (_("Place"), one_line(employee.place)),
        (_("Contact"), f"{one_line(employee.contact_name)}, {employee.contact_email}"),
        (_("Position"), one_line(f"{employee.job.title}, {employee.job.department}")),
    )
