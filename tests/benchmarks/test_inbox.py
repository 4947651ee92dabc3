from uuid import UUID

import pytest

from benchmarks.inbox import Inbox

PK = UUID("6d3f0b7e-0000-4000-8000-000000000001")


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "new").mkdir()
    return Inbox(tmp_path)


def letter(inbox, name, *, to, message_id):
    path = inbox._folder / f"{name}.eml"
    path.write_bytes(f"Delivered-To: {to}\r\nMessage-ID: <{message_id}>\r\n\r\n".encode())
    return path


@pytest.fixture(autouse=True)
def hr(settings):
    settings.HR_EMAIL = ["hr@example.com"]


def test_letters_to_hr_are_told_by_the_application_they_are_about(inbox):
    path = letter(inbox, "one", to="hr@example.com", message_id=f"{PK}.hr@example.com")
    letter(inbox, "two", to="zofia@example.org", message_id=f"{PK}.applicant@example.com")
    letter(inbox, "three", to="hr@example.com", message_id="digest.1@example.com")

    assert inbox.for_hr(set()) == {PK: path.stat().st_ctime}


def test_letters_that_were_there_before_are_left_out(inbox):
    letter(inbox, "one", to="hr@example.com", message_id=f"{PK}.hr@example.com")

    assert inbox.for_hr(inbox.files()) == {}
