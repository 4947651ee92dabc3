"""Calendar files that letters carry (iCalendar, RFC 5545, with the methods of RFC 5546)."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from applications.letters.enclosures import Enclosure
from applications.letters.headers import domain
from applications.models import Employee
from applications.text import one_line, paragraphs


def first_day(employee: Employee) -> Enclosure:
    """The employee's first day, all of it: an entry to keep, which asks for no answer."""
    event = Event()
    event.add("uid", uid("employee", employee.pk))
    event.add("dtstamp", employee.hired_at)
    event.add("dtstart", employee.starts_on)
    # The day after the last one (RFC 5545, section 3.6.1).
    event.add("dtend", employee.starts_on + timedelta(days=1))
    event.add("summary", f"First day at {settings.SITE_NAME}")
    event.add("location", one_line(employee.place))
    event.add("contact", f"{one_line(employee.contact_name)}, {employee.contact_email}")
    if employee.good_to_know:
        event.add("description", paragraphs(employee.good_to_know))
    return _file("first-day.ics", event, method="PUBLISH")


def uid(kind: str, key: object) -> str:
    """The name of an entry in everybody's calendar, the same in every file about it."""
    return f"{kind}.{key}@{domain()}"


def _file(filename: str, event: Event, *, method: str) -> Enclosure:
    # Both methods and PUBLISH ask for an organizer (RFC 5546, section 3.2).
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
    organizer.params["CN"] = settings.SITE_NAME
    return organizer
