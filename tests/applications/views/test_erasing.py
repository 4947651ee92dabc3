import pytest
from django.test import Client
from django.utils import timezone

from applications import erasing
from applications.models import Erasure
from applications.pipeline import erasure as pipeline
from applications.views.sentences import ERASURE
from pipelines.models import Run, StepRun
from tests.applications.views.pages import read, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(application):
    return application.get_absolute_url()


def finish():
    asked = Erasure.objects.get()
    erasing.erase_records(asked)
    Erasure.objects.update(object_count=2, version_count=3)
    erasing.forget(Erasure.objects.get(), now=timezone.now())
    StepRun.objects.filter(run__pipeline="erasure").update(status="success", due_at=None)
    Run.objects.filter(pipeline="erasure").update(status="done")


def test_asking_changes_nothing(client, address):
    response = client.get(f"{address}erase/")
    assert (response.status_code, response["Referrer-Policy"]) == (200, "same-origin")
    assert "Delete all your data?" in text(read(response)["main"])
    assert not Erasure.objects.exists()


def test_a_forged_request_is_refused(application, address):
    assert Client(enforce_csrf_checks=True).post(f"{address}erase/").status_code == 403
    assert not Erasure.objects.exists()


def test_the_page_shows_it_happen(client, address):
    response = client.post(f"{address}erase/")
    assert (response.status_code, response["Location"]) == (303, address)
    page = client.get(address)
    live = read(page)["timeline"]
    assert "We are erasing your data." in text(live)
    assert live.get("hx-get").startswith(f"{address}?version=")
    assert page["Referrer-Policy"] == "no-referrer"
    version = page.context["timeline"].version
    again = client.get(f"{address}?version={version}", headers={"HX-Request": "true"})
    assert (again.status_code, again.content) == (204, b"")


def test_the_page_remains_and_says_what_went_without_whose_it_was(client, application, address):
    client.post(f"{address}erase/")
    finish()
    page = client.get(address)
    shown = text(read(page)["timeline"])
    assert shown.startswith("Your data is erased.")
    assert "Files in the object store2 All their versions3" in shown
    for word in (application.full_name, application.email, application.reference):
        assert word not in page.text
    assert "hx-get" not in page.text


def test_htmx_gets_the_live_part_alone(client, address):
    client.post(f"{address}erase/")
    finish()
    page = client.get(f"{address}?version=an.older.one", headers={"HX-Request": "true"})
    assert "<html" not in page.text
    assert text(read(page)["news"]) == "Your data is erased."


def test_programs_hear_that_it_is_gone_and_how_far(client, application, address):
    client.post(f"{address}erase/")
    answer = client.get(f"/applications/{application.token}.json")
    assert (answer.status_code, answer.json()["erasure"]["status"]) == (410, "active")


def test_once_asked_there_is_nothing_to_ask(client, address):
    client.post(f"{address}erase/")
    assert client.get(f"{address}erase/")["Location"] == address
    finish()
    assert client.get(f"{address}erase/")["Location"] == address
    assert client.post(f"{address}erase/")["Location"] == address


def test_every_step_has_a_sentence_for_every_state():
    assert list(ERASURE) == [step.name for step in pipeline.steps]
    for name, words in ERASURE.items():
        held = ["held"] if name.startswith("email_") else []
        assert list(words) == [*StepRun.Status.values, *held]
        assert all(sentence.endswith(".") for sentence in map(str, words.values()))
