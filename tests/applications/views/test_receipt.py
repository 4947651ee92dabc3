import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application
from pipelines.models import Run, StepRun
from tests.applications.uploads import samples
from tests.applications.views.pages import read, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(post):
    post(full_name="Ada <b>Lovelace</b>")
    return Application.objects.get()


@pytest.fixture
def page(client, application):
    """Asks for the applicant's page, with these headers."""
    return lambda query="", **headers: client.get(
        application.get_absolute_url() + query, headers=headers
    )


def finish(status="success", run_status="done"):
    StepRun.objects.update(status=status, due_at=None)
    Run.objects.update(status=run_status)


def test_the_page_shows_the_reference_and_where_it_stands(page, application):
    response = page()
    assert response.status_code == 200
    assert application.reference in response.text
    assert "Thank you, <bdi>Ada &lt;b&gt;Lovelace&lt;/b&gt;</bdi>" in response.text
    assert "We have your application." in text(read(response)["timeline"])


def test_the_page_is_kept_nowhere_and_leaks_nowhere(page):
    response = page()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in response.text


def test_while_something_is_to_come_the_page_asks_again_with_and_without_scripts(page):
    response = page()
    timeline = read(response)["timeline"]
    assert timeline.get("hx-trigger") == "every 1s"
    assert timeline.get("hx-get") == response.request["PATH_INFO"] + "?version=" + (
        response.context["timeline"].version
    )
    assert '<noscript><p><a href="">Look again</a></p></noscript>' in response.text
    assert "htmx-2.min.js" in response.text


@pytest.mark.parametrize(("status", "run_status"), [("success", "done"), ("failure", "failed")])
def test_at_the_end_nothing_asks_any_more(page, status, run_status):
    finish(status, run_status)
    response = page()
    assert "hx-trigger" not in response.text
    assert "refresh" not in response.text
    assert "<script" not in response.text


def test_htmx_gets_the_timeline_alone_and_the_news(page):
    finish()
    response = page("?version=an.older.one", HX_Request="true")
    elements = read(response)
    assert "<html" not in response.text
    assert text(elements["news"]) == "All done: your application is with our hiring team."
    assert elements["news"].get("hx-swap-oob") == "innerHTML"
    assert "Our hiring team has been mailed your application." in text(elements["timeline"])


def test_htmx_gets_nothing_when_nothing_is_new(page, django_assert_num_queries):
    version = page().context["timeline"].version
    with django_assert_num_queries(5):
        response = page(f"?version={version}", HX_Request="true")
    assert (response.status_code, response.content) == (204, b"")


def test_programs_get_the_contracts_words(client, application):
    response = client.get(f"/applications/{application.token}.json")
    story = response.json()
    assert list(story) == ["reference", "status", "steps", "withdrawn_at", "withdrawal"]
    assert (story["reference"], story["status"]) == (application.reference, "active")
    assert [step["name"] for step in story["steps"]] == [
        "render_dossier",
        "store_dossier",
        "email_hr",
        "email_applicant",
    ]
    assert list(story["steps"][0]) == [
        "name",
        "status",
        "attempts",
        "queued_at",
        "started_at",
        "finished_at",
        "next_try_at",
        "error",
    ]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/applications/{}/", "/applications/{}.json"])
@pytest.mark.parametrize("token", ["unknown", "%00", "..", "a" * 5_000, str(uuid.UUID(int=1))])
def test_an_unknown_token_is_not_found(client, application, address, token):
    assert client.get(address.format(token)).status_code == 404


def test_seven_queries_make_the_page_and_four_the_story(
    client, application, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get(application.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(f"/applications/{application.token}.json")


def test_the_page_is_only_read(client, application):
    assert client.post(application.get_absolute_url()).status_code == 405


def test_a_photo_makes_no_difference(post, client):
    photo = SimpleUploadedFile("me.png", samples.picture("PNG"))
    assert client.get(post(photo=photo)["Location"]).status_code == 200
