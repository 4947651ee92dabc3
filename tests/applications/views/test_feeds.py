from datetime import timedelta
from http import HTTPStatus
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache

from applications.models import Job
from tests.factories import make_job

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://jobs.example.com"


@pytest.fixture(autouse=True)
def today(time_machine, now, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    time_machine.move_to(now, tick=False)


def entries(response):
    feed = ET.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_has_what_rfc_4287_asks_for(client, now):
    make_job(slug="cook", title="Cook", summary="You & <us>", opens_at=now - timedelta(days=2))
    response = client.get("/jobs.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    assert feed.findtext(f"{ATOM}id") == f"{SITE}/"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Northwind Studio"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{SITE}/", "self": f"{SITE}/jobs.atom"}
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"{SITE}/jobs/cook/"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-02T09:30:00+00:00"
    assert entry.findtext(f"{ATOM}published") == "2026-02-28T09:30:00+00:00"
    assert entry.findtext(f"{ATOM}summary").startswith("<p>You &amp; &lt;us&gt;</p>")


def test_a_search_has_a_feed_of_its_own(client, now):
    make_job(title="Cook", department="Kitchen", opens_at=now)
    make_job(title="Lawyer", department="Law", opens_at=now)
    response = client.get("/jobs.atom?department=Law&text=lawyer")
    assert entries(response) == ["Lawyer"]
    assert "department=Law" in response.text
    assert 'href="/jobs.atom?department=Law"' in client.get("/?department=Law").text


def test_the_feed_holds_open_positions_newest_first(client, now):
    day = timedelta(days=1)
    make_job(title="Old", opens_at=now - day)
    make_job(title="New", opens_at=now)
    make_job(title="Closed", opens_at=now - day, closes_at=now)
    make_job(title="Coming", opens_at=now + day)
    assert entries(client.get("/jobs.atom")) == ["New", "Old"]


def test_signs_that_xml_does_not_know_do_not_break_the_feed(client, now):
    hostile = "".join(map(chr, range(1, 32))) + "\ufffe]]><x>"
    Job.objects.create(slug="x", title=hostile, department=hostile, description=hostile)
    assert entries(client.get("/jobs.atom"))


def test_a_feed_without_positions_is_a_feed(client):
    assert entries(client.get("/jobs.atom")) == []


def test_the_sitemap_names_the_list_and_what_is_open(client, now):
    make_job(slug="cook", opens_at=now)
    make_job(slug="closed", opens_at=now - timedelta(days=1), closes_at=now)
    response = client.get("/sitemap.xml")
    urls = {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod")
        for url in ET.fromstring(response.content)
    }
    assert urls == {f"{SITE}/": None, f"{SITE}/jobs/cook/": "2026-03-02"}


def test_what_closes_leaves_the_sitemap_that_somebody_keeps(client, now, time_machine):
    make_job(opens_at=now - timedelta(days=9), closes_at=now + timedelta(hours=1))
    first = client.get("/sitemap.xml")
    assert "Last-Modified" not in first
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    again = client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == HTTPStatus.OK


@pytest.mark.parametrize(("path", "queries"), [("/jobs.atom?place=Lisbon", 3), ("/sitemap.xml", 2)])
def test_many_positions_cost_as_many_queries_as_one(
    client, now, django_assert_num_queries, path, queries
):
    Job.objects.bulk_create(Job(slug=f"j{n}", place="Lisbon", opens_at=now) for n in range(500))
    with django_assert_num_queries(queries):
        client.get(path)


def test_crawlers_are_told_where_to_go_and_where_not(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.text.splitlines())
    assert robots.can_fetch("*", f"{SITE}/jobs/cook/")
    # They must come to see that they may not list it.
    assert robots.can_fetch("*", f"{SITE}/applications/secret/")
    assert not robots.can_fetch("*", f"{SITE}/staff/")
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]


def test_the_counters_say_how_many_are_open_and_when_they_were_counted(client, now):
    for place in ("Lisbon", "Lisbon", "Bern"):
        make_job(place=place, opens_at=now)
    response = client.get("/jobs.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "counted_at": "2026-03-02T09:30:00Z",
        "open": 3,
        "by": {
            "department": {"Engineering": 3},
            "place": {"Lisbon": 2, "Bern": 1},
            "workplace": {"hybrid": 3},
            "employment": {"full_time": 3},
        },
    }


@pytest.mark.parametrize("path", ["/jobs/cook/card.png", "/card.png"])
def test_a_link_that_is_shared_shows_a_picture_of_ours(client, now, path):
    make_job(slug="cook", title="Cook & <b>", opens_at=now)
    page = client.get(path.removesuffix("card.png")).text
    assert f'<meta property="og:image" content="{SITE}{path}">' in page
    assert f'<link rel="canonical" href="{SITE}{path.removesuffix("card.png")}">' in page
    response = client.get(path)
    assert response["Content-Type"] == "image/png"
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_position_that_is_not_open_yet_has_no_picture(client, now):
    make_job(slug="cook", opens_at=now + timedelta(days=1))
    assert client.get("/jobs/cook/card.png").status_code == HTTPStatus.NOT_FOUND


def test_a_search_for_words_is_not_for_search_engines(client, now):
    make_job(department="Law", opens_at=now)
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in client.get("/?text=law").text
    assert noindex in client.get("/?department=None").text
    page = client.get("/?utm_source=x&department=Law").text
    assert noindex not in page
    assert f'<link rel="canonical" href="{SITE}/?department=Law">' in page
