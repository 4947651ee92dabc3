"""The letters about a withdrawal, composed. Nothing is sent here."""

from typing import Any

from django.utils import timezone

from applications.letters import dates
from applications.letters.headers import mailbox
from applications.letters.links import unlinked
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Application, Letter
from applications.staff_links import application_url
from applications.text import one_line


def application_withdrawn(application: Application) -> LetterMessage:
    """To HR: who has withdrawn, and whether HR has had the application by mail.

    Compose it when Apply Now is at rest: until then HR may still be mailed.
    """
    context = {
        "name": one_line(application.full_name),
        "application_url": application_url(application),
        "told": _told(application),
    }
    message = _letter(application, Letter.Kind.APPLICATION_WITHDRAWN, context)
    message.to = application.job.hr_addresses
    message.reply_to = [mailbox(application.full_name, application.email)]
    return message


def withdrawal_confirmed(application: Application) -> LetterMessage:
    """To the applicant: it is withdrawn, and what they can still do."""
    context = {
        "name": unlinked(one_line(application.full_name)),
        "page_url": application.page_url,
    }
    message = _letter(application, Letter.Kind.WITHDRAWAL_CONFIRMED, context)
    message.to = [application.email]
    return message


def _letter(application: Application, kind: Letter.Kind, context: dict[str, Any]) -> LetterMessage:
    """Dated when the applicant withdrew."""
    withdrawn_at = application.withdrawn_at or timezone.now()
    return write(
        kind=kind,
        about=str(application.pk),
        written_at=withdrawn_at,
        context={
            **context,
            "reference": application.reference,
            "job": application.job,
            "moment": dates.moment(withdrawn_at),
        },
    )


def _told(application: Application) -> str:
    """Whether HR was mailed the application: ``yes``, ``no``, or ``perhaps`` in doubt."""
    letter = application.letters.filter(kind=Letter.Kind.NEW_APPLICATION).first()
    if letter is None or letter.intent_at is None:
        return "no"
    return "yes" if letter.sent_at else "perhaps"
