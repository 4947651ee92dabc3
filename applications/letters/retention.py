"""The letter before an application is erased, composed. Nothing is sent here."""

from django.utils import timezone

from applications.letters import dates
from applications.letters.links import unlinked
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Letter, RetentionNotice
from applications.text import one_line


def retention_notice(notice: RetentionNotice) -> LetterMessage:
    """To the applicant: until when the application is kept. Dated when the notice was made."""
    application = notice.application
    message = write(
        kind=Letter.Kind.RETENTION_NOTICE,
        about=str(notice.pk),
        written_at=notice.made_at,
        context={
            "name": unlinked(one_line(application.full_name)),
            "job": application.job,
            "reference": application.reference,
            "page_url": application.page_url,
            "submitted": dates.day(timezone.localtime(application.submitted_at)),
            "erased": dates.day(timezone.localtime(notice.erase_at)),
        },
    )
    message.to = [application.email]
    return message
