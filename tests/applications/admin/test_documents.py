from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse

from applications import storage
from applications.models import Document, StagedContent
from tests.factories import make_application, make_document


def address(document):
    return reverse("admin:applications_document_open", args=(document.pk,))


@pytest.fixture
def staged(db):
    """Make a document whose bytes still wait in the database."""

    def make(**values):
        document = make_document(make_application(), **values)
        StagedContent.objects.create(document=document, content=b"%PDF-1.7 ...")
        return document

    return make


@pytest.fixture
def stored(db, now):
    return make_document(make_application(), filename="Lebenslauf Müller.pdf", stored_at=now)


def test_the_address_is_the_one_that_letters_carry(stored):
    assert address(stored) == f"/staff/applications/document/{stored.pk}/open/"


def test_a_stored_document_is_signed_on_click(hr_client, stored):
    response = hr_client.get(address(stored))
    assert response.status_code == 302
    link = urlsplit(response.url)
    query = parse_qs(link.query)
    assert link.path.endswith(f"applications/{stored.application_id}/resume.pdf")
    assert timedelta(seconds=int(query["X-Amz-Expires"][0])) <= timedelta(minutes=5)
    assert "M%C3%BCller" in query["response-content-disposition"][0]
    assert "no-store" in response["Cache-Control"]


def test_a_document_for_which_no_link_can_be_signed_was_not_opened(hr_client, stored, monkeypatch):
    def link(_key, **_options):
        raise storage.StorageUnavailable("No keys.")

    monkeypatch.setattr(storage, "link", link)
    assert "No keys." in hr_client.get(address(stored), follow=True).content.decode()
    assert not LogEntry.objects.exists()


def test_the_link_is_made_for_the_document_alone(hr_client, stored, monkeypatch):
    signed = []

    def link(key, *, filename, expires):
        signed.append((key, filename, expires))
        return "https://store.example.com/signed"

    monkeypatch.setattr(storage, "link", link)
    assert hr_client.get(address(stored)).url == "https://store.example.com/signed"
    assert signed == [(stored.key, stored.filename, timedelta(minutes=2))]


def test_a_document_that_waits_comes_from_the_database(hr_client, staged):
    response = hr_client.get(address(staged()))
    assert response.status_code == 200
    assert response.content == b"%PDF-1.7 ..."
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="cv.pdf"'


def test_what_comes_from_the_database_can_run_nothing(hr_client, staged):
    response = hr_client.get(address(staged()))
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "text/plain", "text/rtf"])
def test_what_a_browser_might_interpret_is_downloaded(hr_client, staged, content_type):
    response = hr_client.get(address(staged(content_type=content_type)))
    assert response["Content-Disposition"].startswith("attachment;")


def test_a_file_name_cannot_add_a_header(hr_client, staged):
    response = hr_client.get(address(staged(filename='cv"\r\nSet-Cookie: a=b.pdf')))
    assert "Set-Cookie" not in response.headers
    assert "\n" not in response["Content-Disposition"]


def test_without_a_login_one_is_asked_for_and_then_comes_back(client, hr_person, staged):
    hr_person.set_password("secret")
    hr_person.save()
    document = staged()
    login = client.get(address(document))
    assert login.url == f"{reverse('admin:login')}?next={address(document)}"
    back = client.post(login.url, {"username": "hr", "password": "secret"})
    assert back.url == address(document)
    assert client.get(back.url).status_code == 200


def test_staff_without_the_right_to_view_documents_are_refused(client, staged):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.get(address(staged())).status_code == 403
    assert not LogEntry.objects.exists()


def test_somebody_who_is_no_staff_is_sent_to_the_login(client, staged):
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(address(staged())).url.startswith(reverse("admin:login"))


def test_an_unknown_document_is_not_found(hr_client):
    unknown = reverse("admin:applications_document_open", args=(uuid4(),))
    assert hr_client.get(unknown).status_code == 404


def test_a_document_whose_bytes_are_nowhere_is_not_found(hr_client):
    assert hr_client.get(address(make_document(make_application()))).status_code == 404


def test_it_is_only_read(hr_client, stored):
    assert hr_client.post(address(stored)).status_code == 405


def test_who_opened_what_stands_in_the_applications_history(hr_client, hr_person, staged):
    document = staged(kind=Document.Kind.RESUME)
    hr_client.get(address(document))
    entry = LogEntry.objects.get()
    assert entry.user == hr_person
    assert entry.get_change_message() == "Opened: CV."
    assert entry.get_edited_object() == document.application
    assert entry.object_repr == document.application.reference


def test_documents_have_no_list_of_their_own(admin_client):
    assert admin_client.get("/staff/applications/document/").status_code == 404
