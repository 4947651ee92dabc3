"""What speaks against taking an application that is filled in well: a robot, or too many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from math import ceil
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import limits, robots
from applications.services import traffic
from applications.views.guards import note_outage
from pipelines.patience import DATABASE_AWAY


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not now, in a sentence; ``wait`` is in seconds, 0 where waiting would not help."""

    status: HTTPStatus
    notice: str
    wait: int = 0


def objection(
    request: HttpRequest, *, email: str, submission_key: UUID, now: datetime
) -> Objection | None:
    """The first there is. Says nothing of whether anybody has applied before."""
    if robots.is_caught(request.POST):
        return _caught()
    return _too_many(limits.seconds_to_wait(request, email)) or _unproven(
        request, submission_key, now
    )


def proof(request: HttpRequest, submission_key: UUID, *, now: datetime) -> Mapping[str, object]:
    """What the form asks of a browser while a flood lasts; nothing otherwise."""
    if not _is_flooded(now):
        return {}
    waited = request.POST.get("waiting_since", "")
    return {
        "challenge": robots.challenge(submission_key, now=now),
        "waiting_since": robots.waiting_since(submission_key, before=waited),
        "seconds": robots.SECONDS,
    }


def trap_notice() -> str:
    """To whoever filled in the honeypot of a form that asks for an address alone."""
    return _(
        "A field that people do not see was filled in, as robots do. We have emptied it. "
        "Send the form again."
    )


def too_often_notice(wait: int) -> str:
    """To whoever asks for more letters than ``limits`` allows for so many seconds."""
    hours = ceil(wait / 3600)
    notice = ngettext(
        "We have been asked very often. Send the form again in %(hours)d hour.",
        "We have been asked very often. Send the form again in %(hours)d hours.",
        hours,
    )
    return notice % {"hours": hours}


def _is_flooded(now: datetime) -> bool:
    """A database that does not answer takes no application either, and has its own page."""
    try:
        return traffic.is_flooded(now)
    except DATABASE_AWAY as error:
        note_outage(error)
        return False


def _caught() -> Objection:
    """No success is pretended: a person whose browser filled the field in would believe it."""
    return Objection(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _(
            "A field that people do not see was filled in, as robots do. We have emptied it. "
            "Press Apply Now again."
        ),
    )


def _too_many(wait: int) -> Objection | None:
    if not wait:
        return None
    minutes = ceil(wait / 60)
    notice = ngettext(
        "We have had many applications from you within an hour. This one has not been accepted "
        "yet. Press Apply Now again in %(minutes)d minute.",
        "We have had many applications from you within an hour. This one has not been accepted "
        "yet. Press Apply Now again in %(minutes)d minutes.",
        minutes,
    )
    return Objection(HTTPStatus.TOO_MANY_REQUESTS, notice % {"minutes": minutes}, wait)


def _unproven(request: HttpRequest, submission_key: UUID, now: datetime) -> Objection | None:
    """Neither a calculation nor patience. Asked last: an application that waited counts."""
    is_proven = robots.is_solved(request.POST.get("proof", ""), submission_key)
    if is_proven or not _is_flooded(now):
        return None
    if robots.has_waited(request.POST.get("waiting_since", ""), submission_key):
        return _too_many(limits.spend_patience(request))
    return Objection(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _(
            "Very many applications are arriving, and we make sure that robots do not send them. "
            "The end of the form says what to do."
        ),
    )
