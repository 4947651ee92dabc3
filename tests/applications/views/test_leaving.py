import pytest
from django.test import Client
from django.urls import reverse

from tests.applications.views.pages import read, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(application):
    return f"{application.get_absolute_url()}withdraw/"


def test_asking_changes_nothing(client, application, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "Withdraw your application?" in text(read(response)["main"])
    application.refresh_from_db()
    assert application.withdrawn_at is None


def test_the_page_with_the_form_lets_its_own_site_know_where_it_was_sent_from(client, address):
    response = client.get(address)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_withdrawing_leads_to_the_page_that_says_so(client, application, address):
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (303, application.get_absolute_url())
    page = client.get(response["Location"])
    assert "You have withdrawn your application." in text(read(page)["timeline"])
    assert address not in page.text


def test_the_form_does_not_claim_that_what_was_withdrawn_is_with_us(client, application, address):
    form = reverse("apply", kwargs={"slug": application.job.slug})
    client.cookies["sent"] = application.token
    assert "It is with us" in client.get(form).text
    client.post(address)
    assert "What you fill in below would be another one" not in client.get(form).text


def test_a_second_time_there_is_nothing_to_ask(client, application, address):
    client.post(address)
    for response in (client.get(address), client.post(address)):
        assert (response.status_code, response["Location"]) == (
            303,
            application.get_absolute_url(),
        )


def test_a_forged_request_is_refused(application, address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    application.refresh_from_db()
    assert application.withdrawn_at is None


def test_the_page_leads_to_withdrawing(client, application, address):
    assert f'href="{address}"' in client.get(application.get_absolute_url()).text


def test_the_letters_to_the_applicant_are_listed(client, application):
    application.letters.create(kind="application_received", about="1", message_id="<1@x>")
    application.letters.create(kind="new_application", about="1", message_id="<2@x>")
    listed = client.get(application.get_absolute_url()).context["letters"]
    assert [(str(letter.title), letter.state) for letter in listed] == [
        ("Receipt, with your dossier", "waiting")
    ]
