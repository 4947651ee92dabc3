"""The letters about an interview, composed. Nothing is sent here."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from applications.letters import calendar, dates, plain
from applications.letters.enclosures import Enclosure
from applications.letters.headers import mailbox
from applications.letters.links import unlinked
from applications.letters.message import LetterMessage
from applications.letters.writing import write
from applications.models import Application, Letter, Notice
from applications.staff_links import application_url
from applications.text import one_line, paragraphs

Kind = Letter.Kind


def interview(notice: Notice) -> LetterMessage:
    """To the applicant: the invitation, a change or the cancellation, with a calendar file."""
    return _to_applicant(Kind.INTERVIEW, notice, [calendar.interview_of_applicant(notice)])


def interview_team(notice: Notice) -> LetterMessage:
    """The same to our people. An answer to this letter goes to the applicant."""
    return _to_team(Kind.INTERVIEW_TEAM, notice, [calendar.interview_of_team(notice)])


def interview_reminder(notice: Notice) -> LetterMessage:
    """To the applicant, before it takes place."""
    return _to_applicant(Kind.INTERVIEW_REMINDER, notice, [])


def interview_reminder_team(notice: Notice) -> LetterMessage:
    """To our people, before it takes place."""
    return _to_team(Kind.INTERVIEW_REMINDER_TEAM, notice, [])


def _to_applicant(
    kind: Letter.Kind, notice: Notice, enclosures: Sequence[Enclosure]
) -> LetterMessage:
    application = notice.interview.application
    context = {
        "name": unlinked(one_line(application.full_name)),
        "page_url": application.page_url,
        "message": paragraphs(notice.message),
    }
    message = _letter(kind, notice, application, context, enclosures)
    message.to = [application.email]
    return message


def _to_team(kind: Letter.Kind, notice: Notice, enclosures: Sequence[Enclosure]) -> LetterMessage:
    application = notice.interview.application
    context = {
        "name": one_line(application.full_name),
        "application_url": application_url(application),
        "message": paragraphs(notice.message),
    }
    message = _letter(kind, notice, application, context, enclosures)
    message.to = notice.our_addresses
    message.reply_to = [mailbox(application.full_name, application.email)]
    return message


def _letter(
    kind: Letter.Kind,
    notice: Notice,
    application: Application,
    context: dict[str, Any],
    enclosures: Sequence[Enclosure],
) -> LetterMessage:
    facts = _facts(notice)
    return write(
        kind=kind,
        about=str(notice.pk),
        written_at=notice.at,
        context={
            **context,
            "job": application.job,
            "reference": application.reference,
            "change": notice.change,
            "when": when(notice),
            "link": notice.link,
            "facts": facts,
        },
        plain_context={"facts": plain.aligned(facts)},
        enclosures=enclosures,
    )


def when(notice: Notice) -> str:
    """``Thursday, 2 April 2026, 14:00``, on the clocks of the interview's time zone."""
    return dates.appointment(notice.local_start)


def _facts(notice: Notice) -> tuple[tuple[str, str], ...]:
    offset = f"{notice.local_start:%z}"
    facts = (
        (_("When"), when(notice)),
        (_("Time zone"), f"{notice.time_zone} (UTC{offset[:3]}:{offset[3:]})"),
        (_("Lasts"), ngettext("%d minutes", "%d minutes", notice.minutes) % notice.minutes),
        (_("Place"), one_line(notice.place)),
        (_("Link"), notice.link),
        (pgettext("people", "With"), one_line(notice.people)),
    )
    return tuple((label, value) for label, value in facts if value)
