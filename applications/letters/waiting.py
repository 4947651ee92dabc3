"""The reminder of what waits, composed. Nothing is sent here."""

from django.utils import timezone

from applications.letters import dates
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Application, Letter, WaitingReminder
from applications.staff_links import application_url
from applications.text import one_line

# A letter that names more is a list that nobody reads.
_NAMED = 30


def waiting_applications(reminder: WaitingReminder) -> LetterMessage:
    """To HR: which applications have waited for long and still do, the oldest first."""
    found = reminder.still_waiting().order_by("submitted_at", "pk")
    number = found.count()
    message = write(
        kind=Letter.Kind.WAITING_APPLICATIONS,
        about=str(reminder.pk),
        written_at=reminder.made_at,
        context={
            "job": reminder.job,
            "number": number,
            "more": max(number - _NAMED, 0),
            "applications": [_listed(application) for application in found[:_NAMED]],
        },
    )
    message.to = reminder.job.hr_addresses
    return message


def _listed(application: Application) -> dict[str, str]:
    return {
        "name": one_line(application.full_name),
        "reference": application.reference,
        "stage": application.get_stage_display(),
        "since": dates.day(timezone.localtime(application.in_stage_since)),
        "url": application_url(application),
    }
