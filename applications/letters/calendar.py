"""Calendar files that letters carry (iCalendar, RFC 5545, with the methods of RFC 5546)."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from applications import branding
from applications.letters.enclosures import Enclosure
from applications.letters.headers import domain
from applications.models import Employee, Notice
from applications.text import one_line, paragraphs


def first_day(employee: Employee) -> Enclosure:
    """The employee's first day, all of it: an entry to keep, which asks for no answer."""
    event = Event()
    event.add("uid", uid("employee", employee.pk))
    event.add("dtstamp", employee.hired_at.astimezone(UTC))
    event.add("dtstart", employee.starts_on)
    # The day after the last one (RFC 5545, section 3.6.1).
    event.add("dtend", employee.starts_on + timedelta(days=1))
    event.add("summary", _("First day at %(brand)s") % {"brand": branding.current()})
    event.add("location", one_line(employee.place))
    event.add("contact", f"{one_line(employee.contact_name)}, {employee.contact_email}")
    if employee.good_to_know:
        event.add("description", paragraphs(employee.good_to_know))
    return _file("first-day.ics", event, method="PUBLISH")


def interview_of_applicant(notice: Notice) -> Enclosure:
    """The interview as the applicant's calendar keeps it."""
    application = notice.interview.application
    names = {"brand": branding.current(), "title": one_line(application.job.title)}
    title = _("Interview at %(brand)s: %(title)s") % names
    return _interview(notice, title, [application.email])


def interview_of_team(notice: Notice) -> Enclosure:
    """The same for our people's calendars."""
    application = notice.interview.application
    names = {"name": one_line(application.full_name), "title": one_line(application.job.title)}
    title = _("Interview: %(name)s, %(title)s") % names
    return _interview(notice, title, notice.our_addresses)


def _interview(notice: Notice, title: str, attendees: Sequence[str]) -> Enclosure:
    """An invitation, its update or its end: calendars go by UID and SEQUENCE (RFC 5546, 2.1.4).

    In UTC, which every calendar shows on its reader's own clocks.
    """
    event = Event()
    event.add("uid", uid("interview", notice.interview_id))
    event.add("sequence", notice.sequence)
    event.add("dtstamp", notice.at.astimezone(UTC))
    event.add("dtstart", notice.starts_at.astimezone(UTC))
    event.add("dtend", notice.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("location", one_line(notice.place) or notice.link)
    event.add("status", "CANCELLED" if notice.is_cancellation else "CONFIRMED")
    if notice.link:
        event.add("url", notice.link)
    for address in attendees:
        event.add("attendee", _attendee(address))
    if notice.is_cancellation:
        return _file("interview-cancelled.ics", event, method="CANCEL")
    return _file("interview.ics", event, method="REQUEST")


def _attendee(address: str) -> vCalAddress:
    """One who need not answer: nobody here would read what their calendar says."""
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def uid(kind: str, key: object) -> str:
    """The name of an entry in everybody's calendar, the same in every file about it."""
    return f"{kind}.{key}@{domain()}"


def _file(filename: str, event: Event, *, method: str) -> Enclosure:
    # Every method asks for an organizer (RFC 5546, section 3.2).
    event.add("organizer", _organizer())
    calendar = Calendar()
    calendar.add("prodid", f"-//{one_line(settings.SITE_NAME)}//Apply Now//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Enclosure(filename, f"text/calendar; method={method}; charset=utf-8", calendar.to_ical())


def _organizer() -> vCalAddress:
    """Whose letters these are: answers go where answers to letters go."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = str(branding.current())
    return organizer
