from datetime import timedelta

import pytest

from tests.factories import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


def test_the_list_shows_what_is_open_and_nothing_else(client, now):
    day = timedelta(days=1)
    make_job(title="Open", opens_at=now)
    make_job(title="Closed", opens_at=now - 2 * day, closes_at=now - day)
    make_job(title="Coming", opens_at=now + day)
    make_job(title="Hidden", is_published=False)
    response = client.get("/")
    assert [job.title for job in response.context["jobs"]] == ["Open"]
    assert "1 position<" in response.text


def test_an_empty_list_says_so(client):
    assert "No position is open today" in client.get("/").text


def test_a_hundred_positions_cost_one_query(client, django_assert_num_queries, now):
    for _number in range(100):
        make_job(opens_at=now)
    with django_assert_num_queries(1):
        client.get("/")


def test_a_position_tells_its_story_and_leads_to_the_form(client, now):
    closes_at = now + timedelta(days=30)
    make_job(slug="cook", description="# You\n\n<b>cook</b>", opens_at=now, closes_at=closes_at)
    page = client.get("/jobs/cook/").text
    assert "<h2>You</h2><p>&lt;b&gt;cook&lt;/b&gt;</p>" in page
    assert page.count('href="/jobs/cook/apply/"') == 2
    assert "1 April 2026" in page


def test_a_closed_position_says_that_it_was_there(client, now):
    make_job(slug="cook", opens_at=now - timedelta(days=2), closes_at=now)
    response = client.get("/jobs/cook/")
    assert response.status_code == 410
    assert "This position is no longer open" in response.text
    assert "/apply/" not in response.text


@pytest.mark.parametrize("slug", ["cook", "coming", "hidden", "%00", "..%2F", "a" * 5_000])
def test_what_is_not_known_or_not_open_yet_is_not_found(client, now, slug):
    make_job(slug="coming", opens_at=now + timedelta(days=1))
    make_job(slug="hidden", is_published=False, opens_at=now)
    response = client.get(f"/jobs/{slug}/")
    assert response.status_code == 404
    assert "There is nothing here" in response.text


def test_a_position_is_only_read(client, now):
    make_job(slug="cook", opens_at=now)
    assert client.post("/jobs/cook/").status_code == 405
    assert client.post("/").status_code == 405
