"""The welcome as it arrives: a real SMTP server, read by programs that did not write it."""

from datetime import date

import pytest

from applications.models import Employee, Letter
from applications.pipeline.welcome import email_employee, tell_hr, welcome
from applications.services.hiring.employment import Terms, hire
from tests.clock import work
from tests.factories import make_application


@pytest.fixture
def employee(db, now):
    application = make_application(full_name="Zoë Müller", email="zoe@example.org")
    return Employee.objects.create(
        application=application,
        job=application.job,
        full_name=application.full_name,
        email=application.email,
        starts_on=date(2026, 4, 1),
        place="Rua Augusta 1, Lisbon",
        contact_name="Grace Hopper",
        contact_email="grace@example.com",
        good_to_know="Come at 9:00.\nBring your passport; we copy it.",
        hired_at=now,
    )


def test_the_story_reads_as_it_is_told():
    assert [[step.name for step in stage] for stage in welcome.stages] == [
        ["email_employee", "tell_hr"]
    ]


def test_both_letters_go_out_once_each(employee, arrived):
    for _time in range(2):
        email_employee(employee)
        tell_hr(employee)
    assert [message["To"] for message in arrived()] == ["zoe@example.org", "hr@example.com"]
    assert set(Letter.objects.values_list("kind", "about")) == {
        ("welcome", str(employee.pk)),
        ("new_employee", str(employee.pk)),
    }


def test_the_welcome_names_date_place_and_contact(employee, arrived):
    email_employee(employee)
    (message,) = arrived()
    assert message["Subject"] == (
        "Welcome to Northwind Studio: your first day, Wednesday, 1 April 2026"
    )
    assert message["Reply-To"] == "Grace Hopper <grace@example.com>"
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        for words in ("Zoë Müller", "Wednesday, 1 April 2026", "Rua Augusta 1", "Bring your"):
            assert words in body


def test_the_calendar_file_is_a_whole_day_that_asks_for_no_answer(
    employee, arrived, calendar_of, now
):
    email_employee(employee)
    part, calendar = calendar_of(arrived()[0])
    (event,) = calendar.events
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == calendar["METHOD"] == "PUBLISH"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 4, 1), date(2026, 4, 2))
    assert event["DTSTAMP"].dt == now
    assert event["UID"] == f"employee.{employee.pk}@example.com"
    assert event["LOCATION"] == "Rua Augusta 1, Lisbon"
    assert event["CONTACT"] == "Grace Hopper, grace@example.com"
    assert event["ORGANIZER"] == "mailto:jobs@example.com"
    assert event["DESCRIPTION"] == "Come at 9:00.\nBring your passport; we copy it."
    assert "ATTENDEE" not in event


def test_the_same_letter_is_the_same_to_the_byte(employee, smtp):
    email_employee(employee)
    Letter.objects.all().delete()
    email_employee(employee)
    assert smtp.accepted[0] == smtp.accepted[1]


def test_nothing_typed_breaks_out_of_the_calendar_file(employee, arrived, calendar_of):
    employee.place = "Lisbon\r\nATTENDEE:mailto:victim@example.com\r\nEND:VEVENT"
    email_employee(employee)
    _part, calendar = calendar_of(arrived()[0])
    (event,) = calendar.events
    assert event["LOCATION"] == "Lisbon ATTENDEE:mailto:victim@example.com END:VEVENT"
    assert "ATTENDEE" not in event


def test_hr_is_told_who_begins_when(employee, arrived):
    tell_hr(employee)
    (message,) = arrived()
    assert message["Subject"] == (
        "Hired: Zoë Müller, Backend Engineer, from Wednesday, 1 April 2026"
    )
    body = message.get_body(("plain",)).get_content()
    assert f"/staff/applications/employee/{employee.pk}/change/" in body


def test_an_employee_whose_application_is_erased_is_welcomed_all_the_same(employee, smtp):
    employee.application.delete()
    employee.refresh_from_db()
    email_employee(employee)
    assert len(smtp.accepted) == 1


def test_whoever_is_hired_is_welcomed_without_anybody_doing_more(db, arrived, now):
    application = make_application(email="zoe@example.org")
    terms = Terms(
        starts_on=date(2026, 4, 1),
        place="Lisbon",
        contact_name="Grace Hopper",
        contact_email="grace@example.com",
        good_to_know="",
    )
    for _time in range(2):
        hire(application, terms, by=None, now=now)
        work()
    assert sorted(message["To"] for message in arrived()) == ["hr@example.com", "zoe@example.org"]
