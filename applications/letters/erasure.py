"""The letters about an erasure, composed. They outlive the application, so they name little."""

from datetime import datetime
from typing import Any

from applications.letters import dates, plain
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Erasure, Letter


def application_erased(erasure: Erasure) -> LetterMessage:
    """To all of ours who may have letters about it: delete them, and which interviews are off.

    By its reference alone, without a name.
    """
    called_off = [dates.moment(datetime.fromisoformat(start)) for start in erasure.called_off]
    context = {"called_off": called_off}
    message = _letter(erasure, Letter.Kind.APPLICATION_ERASED, context, {})
    message.to = [address.strip() for address in erasure.our_addresses.split(",")]
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
    return write(
        kind=kind,
        about=str(erasure.pk),
        written_at=erasure.requested_at,
        context={
            **context,
            "reference": erasure.reference,
            "job": erasure.job,
            "alert_count": erasure.alert_count,
            "is_employed": erasure.is_employed,
            "is_kept_long_enough": erasure.is_kept_long_enough,
            "moment": dates.moment(erasure.requested_at),
        },
        plain_context=plain_context,
    )
