"""What Google requires and recommends, checked against its own list.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

import json
from datetime import datetime, timedelta

import pytest
import tinyhtml5

from applications.models import Job
from applications.sharing.posting import posting
from tests.factories import make_job

pytestmark = pytest.mark.usefixtures("db", "clock")

REQUIRED = {"@context", "@type", "title", "description", "datePosted", "hiringOrganization"}
EMPLOYMENT = {
    "FULL_TIME",
    "PART_TIME",
    "CONTRACTOR",
    "TEMPORARY",
    "INTERN",
    "VOLUNTEER",
    "PER_DIEM",
}
HOSTILE = "</script><script>alert(1)</script> <!-- ]]> & \u2028 ' \" {{ x }}"


def scripts(page):
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    return [script for script in tree.iter("script") if not script.get("src")]


def in_page(client, **values):
    """The structured data of a position's page, read as a browser reads it."""
    make_job(slug="cook", **values)
    [script] = scripts(client.get("/jobs/cook/").text)
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


@pytest.mark.parametrize("employment", Job.Employment)
@pytest.mark.parametrize("workplace", Job.Workplace)
def test_every_position_has_what_is_required(client, now, workplace, employment):
    data = in_page(client, country="PT", workplace=workplace, employment=employment, opens_at=now)
    assert data.keys() >= REQUIRED
    assert (data["@context"], data["@type"]) == ("https://schema.org", "JobPosting")
    assert datetime.fromisoformat(data["datePosted"]) == now
    assert data["hiringOrganization"]["name"] == "Northwind Studio"
    assert data["employmentType"] in EMPLOYMENT
    assert "validThrough" not in data


def test_where_people_come_to_work_is_a_place_in_a_country(client):
    data = in_page(client, place="Lisbon", country="PT", workplace=Job.Workplace.HYBRID)
    address = data["jobLocation"]["address"]
    assert (address["addressLocality"], address["addressCountry"]) == ("Lisbon", "PT")
    assert "jobLocationType" not in data


def test_remote_work_says_where_people_must_live(client):
    data = in_page(client, country="PT", workplace=Job.Workplace.REMOTE)
    assert data["jobLocationType"] == "TELECOMMUTE"
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "Portugal"}
    assert "jobLocation" not in data


def test_it_is_valid_through_its_last_moment(client, now):
    closes_at = now + timedelta(days=30)
    data = in_page(client, country="PT", opens_at=now, closes_at=closes_at)
    assert datetime.fromisoformat(data["validThrough"]) == closes_at


def test_the_description_is_html_and_complete(client):
    data = in_page(client, country="PT", summary="In short.", description="# You\n\n- cook")
    assert data["description"] == "<p>In short.</p><h2>You</h2><ul><li>cook</li></ul>"


def test_nothing_that_people_write_leaves_the_element(client):
    data = in_page(client, country="PT", title=HOSTILE, place=HOSTILE, summary=HOSTILE)
    assert data["title"] == data["jobLocation"]["address"]["addressLocality"] == HOSTILE


def test_a_position_whose_country_is_unknown_is_not_told_to_search_engines(client):
    make_job(slug="cook")
    assert posting(Job.objects.get()) is None
    assert scripts(client.get("/jobs/cook/").text) == []


def test_a_closed_position_is_not_told_to_search_engines(client, now):
    make_job(slug="cook", country="PT", opens_at=now - timedelta(days=1), closes_at=now)
    page = client.get("/jobs/cook/").text
    assert scripts(page) == []
    assert '<meta name="robots" content="noindex">' in page
