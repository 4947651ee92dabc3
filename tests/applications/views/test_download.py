import pytest
from django.utils import timezone

from applications import storage
from applications.models import Document
from tests.applications.views.pages import read, text
from tests.factories import make_application, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_application(reference="7K3M-9QXA")


def make_dossier(application, **values):
    kind = Document.Kind.DOSSIER
    return make_document(application, kind=kind, filename="7K3M-9QXA.pdf", **values)


def ask(client, application):
    return client.get(f"{application.get_absolute_url()}dossier/")


def test_a_stored_dossier_opens_by_a_link_that_is_signed_on_the_click(client, application):
    dossier = make_dossier(application, stored_at=timezone.now())
    response = ask(client, application)
    assert response.status_code == 302
    assert f"/applications/{dossier.key}?" in response["Location"]
    assert "X-Amz-Signature=" in response["Location"]
    assert "X-Amz-Expires=120" in response["Location"]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("is_made", "sentence"),
    [
        (False, "You can open it here as soon as it is made and in safe storage."),
        (True, "It is made. You can open it here as soon as it is in safe storage."),
    ],
)
def test_before_it_is_stored_the_page_says_what_is_known(client, application, is_made, sentence):
    if is_made:
        make_dossier(application)
    response = ask(client, application)
    assert response.status_code == 409
    assert sentence in text(read(response)["main"])


def test_a_dossier_for_which_no_link_can_be_signed_is_for_later(client, application, monkeypatch):
    make_dossier(application, stored_at=timezone.now())
    monkeypatch.setattr(storage, "link", sign_nothing)
    response = ask(client, application)
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def sign_nothing(_key, **_options):
    raise storage.StorageUnavailable("No keys.")


def test_nobody_else_learns_whether_there_is_one(client, application):
    assert client.get("/applications/another/dossier/").status_code == 404
