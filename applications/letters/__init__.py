"""The letters, one function each: composed and handed to the mail server.

Each goes out once, however often its function is called. Errors pass through as ``delivery``
raises them.
"""

from collections.abc import Sequence

from applications.letters import compose
from applications.letters.delivery import deliver
from applications.letters.enclosures import Enclosure
from applications.letters.errors import LetterTaken, MailInDoubt, MailUnavailable
from applications.letters.headers import message_id
from applications.letters.message import LetterMessage
from applications.models import Application, Letter

__all__ = [
    "Enclosure",
    "LetterTaken",
    "MailInDoubt",
    "MailUnavailable",
    "application_received",
    "message_id",
    "new_application",
]


def new_application(application: Application, *, enclosures: Sequence[Enclosure]) -> None:
    """Tell HR of a new application, with those of the files that fit into a letter."""
    message = compose.new_application(application, enclosures)
    _deliver(application, Letter.Kind.NEW_APPLICATION, message)


def application_received(application: Application, *, enclosures: Sequence[Enclosure]) -> None:
    """Give the applicant a receipt: a copy of all they sent, and the dossier made of it."""
    message = compose.application_received(application, enclosures)
    _deliver(application, Letter.Kind.APPLICATION_RECEIVED, message)


def _deliver(application: Application, kind: Letter.Kind, message: LetterMessage) -> None:
    deliver(kind=kind, about=str(application.pk), message=message, application=application)
