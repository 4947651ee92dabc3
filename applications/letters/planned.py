"""The letters in our people's own words, composed. Nothing is sent here."""

from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Letter, PlannedLetter
from applications.text import one_line, paragraphs


def planned_letter(planned: PlannedLetter) -> LetterMessage:
    """To the applicant: what was written when it was planned, and the reference."""
    application = planned.application
    message = write(
        kind=Letter.Kind.PLANNED_LETTER,
        about=str(planned.pk),
        # When it was put in its final form is when its time came.
        written_at=planned.due_at,
        context={
            "line": one_line(planned.subject),
            "body": paragraphs(planned.body),
            "job": application.job,
            "reference": application.reference,
        },
    )
    message.to = [application.email]
    return message
