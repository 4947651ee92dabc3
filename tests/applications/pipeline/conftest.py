"""A real SMTP server, and letters as a mail program and a calendar read them."""

from email import message_from_bytes, policy

import pytest
from icalendar import Calendar


@pytest.fixture
def arrived(smtp):
    """The messages that the server has accepted, in their order."""
    return lambda: [message_from_bytes(raw, policy=policy.default) for raw in smtp.accepted]


@pytest.fixture
def calendar_of():
    """The calendar file in a message: its part, and what a calendar reads in it."""

    def read(message):
        (part,) = message.iter_attachments()
        return part, Calendar.from_ical(part.get_payload(decode=True))

    return read
