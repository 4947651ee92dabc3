"""The letters of an interview as they arrive at both sides."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from applications.models import Interview, Letter, Notice
from applications.pipeline.interview import (
    TooLate,
    email_applicant,
    email_team,
    interview_notice,
    interview_reminder,
    remind_applicant,
    remind_team,
)
from tests.factories import make_application

pytestmark = pytest.mark.usefixtures("clock")

# The day after the clocks were put forward in Berlin: UTC+2.
START = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def interview(db):
    return Interview.objects.create(application=make_application(reference="7K3M-9QXA"))


@pytest.fixture
def tell(interview, now):
    """A notice of the interview."""

    def make(sequence=0, change=Notice.Change.INVITED, **values):
        return Notice.objects.create(
            **{
                "interview": interview,
                "sequence": sequence,
                "change": change,
                "starts_at": START,
                "minutes": 45,
                "time_zone": "Europe/Berlin",
                "place": "Torstraße 1, Berlin",
                "people": "Grace Hopper, head of engineering",
                "addresses": "grace@example.com, alan@example.com",
                "at": now,
                **values,
            }
        )

    return make


def words(message, kind="plain"):
    return message.get_body((kind,)).get_content()


def test_the_stories_read_as_they_are_told():
    assert [[step.name for step in stage] for stage in interview_notice.stages] == [
        ["email_applicant", "email_team"]
    ]
    assert [[step.name for step in stage] for stage in interview_reminder.stages] == [
        ["remind_applicant", "remind_team"]
    ]


def test_each_letter_goes_out_once_to_its_side(tell, arrived):
    notice = tell()
    for _time in range(2):
        for step in (email_applicant, email_team, remind_applicant, remind_team):
            step(notice)
    ours = "grace@example.com, alan@example.com"
    assert [message["To"] for message in arrived()] == ["ada@example.org", ours] * 2
    assert Letter.objects.filter(application=notice.interview.application).count() == 4


def test_the_invitation_says_when_on_the_clocks_of_its_zone(tell, arrived):
    email_applicant(tell())
    (message,) = arrived()
    assert message["Subject"] == (
        "Invitation to an interview: Monday, 30 March 2026, 14:00 (7K3M-9QXA)"
    )
    for kind in ("plain", "html"):
        for expected in ("Monday, 30 March 2026, 14:00", "Europe/Berlin (UTC+02:00)", "Torstraße"):
            assert expected in words(message, kind)


def test_before_the_clocks_change_the_same_wall_time_is_another_hour(tell, arrived):
    email_applicant(tell(starts_at=datetime(2026, 3, 27, 13, 0, tzinfo=UTC)))
    text = words(arrived()[0])
    assert "Friday, 27 March 2026, 14:00" in text
    assert "Europe/Berlin (UTC+01:00)" in text


def test_the_calendar_file_invites_whoever_the_letter_goes_to(tell, arrived, calendar_of, now):
    notice = tell(link="https://video.example.com/room", place="")
    email_applicant(notice)
    email_team(notice)
    for message, attendees in zip(
        arrived(),
        (["ada@example.org"], ["grace@example.com", "alan@example.com"]),
        strict=True,
    ):
        part, calendar = calendar_of(message)
        (event,) = calendar.events
        assert part["Content-Type"].params["method"] == calendar["METHOD"] == "REQUEST"
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (START, START + timedelta(minutes=45))
        assert event["UID"] == f"interview.{notice.interview_id}@example.com"
        assert (event["SEQUENCE"], event["DTSTAMP"].dt, event["STATUS"]) == (0, now, "CONFIRMED")
        assert event["LOCATION"] == "https://video.example.com/room"
        found = event["ATTENDEE"] if len(attendees) > 1 else [event["ATTENDEE"]]
        assert [str(one) for one in found] == [f"mailto:{address}" for address in attendees]


def test_a_change_and_the_end_are_the_same_entry_with_a_higher_sequence(tell, arrived, calendar_of):
    for sequence, change in enumerate(Notice.Change):
        email_applicant(tell(sequence, change))
    read = [calendar_of(message)[1] for message in arrived()]
    assert [calendar["METHOD"] for calendar in read] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [calendar.events[0]["SEQUENCE"] for calendar in read] == [0, 1, 2]
    assert len({calendar.events[0]["UID"] for calendar in read}) == 1
    assert read[2].events[0]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("change", "subject", "sentence"),
    [
        ("changed", "Your interview has changed", "takes the place of what we told you before"),
        ("cancelled", "Your interview is cancelled", "does not take place"),
    ],
)
def test_the_applicant_is_told_what_became_of_it(tell, arrived, change, subject, sentence):
    email_applicant(tell(1, change, message="We are sorry."))
    (message,) = arrived()
    assert message["Subject"].startswith(subject)
    for kind in ("plain", "html"):
        assert sentence in words(message, kind)
        assert "We are sorry." in words(message, kind)


def test_our_people_can_answer_the_applicant(tell, arrived):
    email_team(tell())
    (message,) = arrived()
    assert message["Reply-To"] == "Ada Lovelace <ada@example.org>"
    assert "/staff/applications/application/" in words(message)


def test_our_peoples_addresses_stay_ours(tell, arrived):
    email_applicant(tell())
    assert "grace@example.com" not in arrived()[0].as_string()


def test_a_reminder_of_what_has_begun_is_not_sent(tell, smtp):
    notice = tell()
    with time_machine.travel(START, tick=False):
        for step in (remind_applicant, remind_team):
            with pytest.raises(TooLate):
                step(notice)
    assert smtp.accepted == []
