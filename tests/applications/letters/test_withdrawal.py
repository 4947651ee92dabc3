import pytest

from applications.letters.withdrawal import application_withdrawn, withdrawal_confirmed
from applications.models import Application, Letter
from tests.applications.letters.arrival import arrived, bodies
from tests.factories import make_letter


@pytest.fixture
def withdrawn(application, now):
    application.stage, application.moved_at = Application.Stage.WITHDRAWN, now
    return application


def test_hr_reads_who_has_withdrawn_from_what(withdrawn):
    message = arrived(application_withdrawn(withdrawn))
    assert message["To"] == "hr@example.com"
    assert message["Reply-To"] == "Ada Lovelace <ada@example.org>"
    assert message["Subject"] == "Withdrawn: Ada Lovelace, Backend Engineer (7K3M-9QXA)"


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "You had not been mailed about it yet"),
        ({"intent_at": True}, "You may have it from an earlier letter"),
        ({"intent_at": True, "sent_at": True}, "You have it from an earlier letter"),
    ],
)
def test_hr_reads_whether_they_had_it_before(withdrawn, now, known, sentence):
    make_letter(withdrawn, kind=Letter.Kind.NEW_APPLICATION, **dict.fromkeys(known, now))
    for body in bodies(application_withdrawn(withdrawn)):
        assert sentence in body


def test_the_applicant_gets_the_way_to_their_page_and_none_of_their_words_as_a_link(withdrawn):
    withdrawn.full_name = "Go to evil.example"
    message = withdrawal_confirmed(withdrawn)
    assert arrived(message)["To"] == "ada@example.org"
    for body in bodies(message):
        assert withdrawn.page_url in body
        assert "evil.example" not in body


def test_composed_again_it_is_the_same_letter_to_the_byte(withdrawn):
    for compose in (application_withdrawn, withdrawal_confirmed):
        first, second = (compose(withdrawn).message().as_bytes() for _time in range(2))
        assert first == second
