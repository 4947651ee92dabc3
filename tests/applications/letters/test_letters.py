import pytest

from applications import letters
from applications.models import Letter
from tests.applications.letters.arrival import arrived


class Deliveries(list):
    """Stands in for ``delivery.deliver`` and keeps what it was given."""

    def __call__(self, *, application, kind, about, message):
        assert about == str(application.pk)
        self.append((application, kind, arrived(message)["To"], arrived(message)["Message-ID"]))


@pytest.fixture
def deliveries(monkeypatch):
    deliveries = Deliveries()
    monkeypatch.setattr(letters, "deliver", deliveries)
    return deliveries


def test_new_application_is_handed_over_once_to_hr(application, dossier, deliveries):
    kind = Letter.Kind.NEW_APPLICATION
    letters.new_application(application, enclosures=[dossier])
    message_id = letters.message_id(kind, str(application.pk))
    assert deliveries == [(application, kind, "hr@example.com", message_id)]


def test_receipt_is_handed_over_once_to_the_applicant(application, dossier, deliveries):
    kind = Letter.Kind.APPLICATION_RECEIVED
    letters.application_received(application, enclosures=[dossier])
    message_id = letters.message_id(kind, str(application.pk))
    assert deliveries == [(application, kind, "ada@example.org", message_id)]
