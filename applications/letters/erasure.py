"""The letters about an erasure, composed. They outlive the application, so they name little."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from applications.letters import plain
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Erasure, Letter


def application_erased(erasure: Erasure) -> LetterMessage:
    """To HR: delete what you were mailed of it. By its reference alone, without a name."""
    message = _letter(erasure, Letter.Kind.APPLICATION_ERASED, {}, {})
    message.to = erasure.job.hr_addresses
    return message


def erasure_receipt(erasure: Erasure) -> LetterMessage:
    """To the applicant: what went, and what little remains. The last letter they get."""
    gone = [(words, str(number)) for words, number in erasure.inventory]
    message = _letter(
        erasure, Letter.Kind.ERASURE_RECEIPT, {"gone": gone}, {"gone": plain.aligned(gone)}
    )
    message.to = [erasure.email]
    return message


def _letter(
    erasure: Erasure, kind: Letter.Kind, context: dict[str, Any], plain_context: dict[str, Any]
) -> LetterMessage:
    """Dated when the applicant asked for it."""
    moment = timezone.localtime(erasure.requested_at)
    return write(
        kind=kind,
        about=str(erasure.pk),
        written_at=erasure.requested_at,
        context={
            **context,
            "reference": erasure.reference,
            "job": erasure.job,
            "is_employed": erasure.is_employed,
            "moment": date_format(moment, "j F Y, H:i T"),
        },
        plain_context=plain_context,
    )
