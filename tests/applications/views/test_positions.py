from datetime import timedelta

import pytest

from applications.models import Application, Job
from applications.views.paging import PAGE_SIZE
from tests.applications.views.pages import read, text
from tests.factories import make_job

pytestmark = pytest.mark.usefixtures("db", "clock")


def titles(response):
    return [job.title for job in response.context["pages"].jobs]


def test_the_list_shows_what_is_open_and_nothing_else(client, now):
    day = timedelta(days=1)
    make_job(title="Open", opens_at=now)
    make_job(title="Closed", opens_at=now - 2 * day, closes_at=now - day)
    make_job(title="Coming", opens_at=now + day)
    make_job(title="Hidden", is_published=False)
    response = client.get("/")
    assert titles(response) == ["Open"]
    assert text(read(response)["found"]) == "1 position"


def test_an_empty_list_says_so(client):
    assert "No position is open today" in client.get("/").text


def test_ten_thousand_positions_cost_three_queries_and_a_small_page(
    client, django_assert_num_queries, now
):
    places = [f"Place {number}" for number in range(50)]
    Job.objects.bulk_create(
        Job(
            slug=f"job-{n}", title=f"Job {n}", place=places[n % 50], summary="x" * 240, opens_at=now
        )
        for n in range(10_000)
    )
    for link in ("/", "/?page=400", "/?text=job&place=Place+7"):
        with django_assert_num_queries(3):  # the positions, the filters, the brand
            response = client.get(link, headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert len(response.content) < 10_000


def test_a_search_is_a_link(client, now):
    make_job(title="Cook", department="Kitchen", opens_at=now)
    make_job(title="Lawyer", department="Law", opens_at=now)
    response = client.get("/?text=COOK&department=Kitchen")
    assert titles(response) == ["Cook"]
    fields = read(response)
    assert fields["text"].get("value") == "COOK"
    chosen = [text(option) for option in fields["department"] if option.get("selected") is not None]
    assert chosen == ["Kitchen (1)"]
    assert "<title>Open positions: “COOK”, Kitchen ·" in response.text


def test_empty_fields_are_taken_out_of_the_link(client):
    response = client.get("/?text=&department=Kitchen&place=&page=2")
    assert response.status_code == 302
    assert response["Location"] == "/?department=Kitchen"
    assert client.get("/?text=")["Location"] == "/"


def test_a_search_that_finds_nothing_says_so_and_leads_back(client, now):
    make_job(opens_at=now)
    page = client.get("/?text=<script>&workplace=hybrid").text
    assert "No position matches" in page
    assert "None of our open positions fits <bdi>“&lt;script&gt;”, Hybrid</bdi>." in page
    assert 'href="/?workplace=hybrid">Without <bdi>“&lt;script&gt;”</bdi>: 1 position</a>' in page
    assert 'class="button" href="/">Clear filters' in page


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1e3", "%00", "9" * 5_000])
def test_any_number_of_a_page_is_answered(client, now, number):
    make_job(title="Cook", opens_at=now)
    assert titles(client.get(f"/?page={number}")) == ["Cook"]


def test_pages_hold_every_position_once_and_keep_the_search(client, now):
    for number in range(PAGE_SIZE + 1):
        make_job(title=f"Cook {number}", place="Lisbon", opens_at=now)
    first = client.get("/?place=Lisbon")
    assert 'href="/?place=Lisbon&amp;page=2" rel="next"' in first.text
    second = client.get("/?place=Lisbon&page=2")
    assert 'href="/?place=Lisbon" rel="prev"' in second.text
    assert "Page 2 ·" in second.text
    assert len({*titles(first), *titles(second)}) == PAGE_SIZE + 1


@pytest.mark.parametrize("path", ["/", "/jobs/cook/"])
def test_a_page_that_has_not_changed_is_not_sent_again(client, now, path):
    make_job(slug="cook", opens_at=now, closes_at=now + timedelta(days=1))
    first = client.get(path)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_position_that_closes_is_gone_from_what_caches_ask_again(client, now, time_machine):
    make_job(title="Cook", opens_at=now, closes_at=now + timedelta(minutes=1))
    first = client.get("/")
    assert titles(first) == ["Cook"]
    time_machine.move_to(now + timedelta(minutes=1), tick=False)
    assert titles(client.get("/", headers={"If-None-Match": first["ETag"]})) == []


def test_the_last_days_are_counted_in_the_list(client, now):
    make_job(opens_at=now, closes_at=now + timedelta(days=3))
    make_job(opens_at=now, closes_at=now + timedelta(days=30))
    assert client.get("/").text.count("Closes in") == 1


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
    assert "It closed on 2 March 2026 at 09:30 UTC." in response.text
    assert "If you had already sent your application, it is with us" in response.text
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


def test_a_position_leads_to_others_of_its_department(client, now, django_assert_num_queries):
    hour = timedelta(hours=1)
    make_job(slug="cook", department="Kitchen", opens_at=now)
    for number in range(5):
        make_job(title=f"Chef {number}", department="Kitchen", opens_at=now - number * hour)
    make_job(title="Lawyer", department="Law", opens_at=now)
    with django_assert_num_queries(3):
        response = client.get("/jobs/cook/")
    assert "More in <bdi>Kitchen</bdi>" in response.text
    assert [job.title for job in response.context["others"]] == ["Chef 0", "Chef 1", "Chef 2"]
    assert "More in" not in client.get(f"/jobs/{Job.objects.get(title='Lawyer').slug}/").text


def test_a_position_that_was_taken_down_says_so_to_who_saw_it(client, now):
    make_job(slug="cook", is_published=False, opens_at=now, listed_at=now)
    make_job(title="Chef", department="Engineering", opens_at=now)
    response = client.get("/jobs/cook/")
    assert response.status_code == 410
    assert "It has been taken down." in response.text
    assert [job.title for job in response.context["others"]] == ["Chef"]
    assert client.get("/jobs/cook/apply/").status_code == 410
    assert client.get("/jobs/cook/remind/").status_code == 404


def test_a_form_for_a_position_that_was_taken_down_gets_its_words_back(client, now, job, post):
    Job.objects.update(is_published=False, listed_at=now)
    response = post(cover_letter="Dear team,\r\n\r\n<b>here</b> I am.")
    assert response.status_code == 410
    assert "It has been taken down." in response.text
    assert "has not been accepted. What you wrote stands below" in response.text
    assert "<dd><p>Dear team,</p>\n\n<p>&lt;b&gt;here&lt;/b&gt; I am.</p></dd>" in response.text
    assert "<dt>long_text?</dt><dd><p>A story</p></dd>" in response.text
    assert not Application.objects.exists()


def test_a_form_without_a_word_that_comes_too_late_promises_none(client, now, job):
    Job.objects.update(is_published=False, listed_at=now)
    response = client.post("/jobs/backend-engineer/apply/")
    assert response.status_code == 410
    assert "What you wrote" not in response.text


def test_a_form_that_comes_too_late_is_told_so(client, now, time_machine, post, job):
    Job.objects.update(opens_at=now, closes_at=now + timedelta(minutes=1))
    assert client.get("/jobs/backend-engineer/apply/").status_code == 200
    time_machine.move_to(now + timedelta(minutes=1), tick=False)
    response = post()
    assert response.status_code == 410
    assert "It closed on 2 March 2026 at 09:31 UTC." in response.text
    assert "Your application came after that, and has not been accepted." in response.text
    assert not Application.objects.exists()
