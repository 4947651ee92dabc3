import gzip

import pytest

from applications import branding, stylesheet
from applications.models import Brand
from applications.palette import DEFAULT_COLOUR
from tests.factories import make_brand

FOR_A_YEAR = "public, max-age=31536000, immutable"
SHEET = Brand().stylesheet_url


@pytest.fixture(autouse=True)
def _new_process(monkeypatch):
    monkeypatch.setattr(branding, "_memory", branding._Memory())


@pytest.fixture
def purple(db):
    return make_brand()


def test_the_sheet_may_be_kept_for_ever(client):
    response = client.get(SHEET)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == FOR_A_YEAR
    assert response.text == stylesheet.content(DEFAULT_COLOUR)


def test_a_browser_that_has_the_sheet_is_told_so(client):
    tag = client.get(SHEET)["ETag"]
    response = client.get(SHEET, headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.django_db
def test_under_an_old_address_todays_sheet_is_not_kept(client, purple):
    response = client.get("/styles.0123456789ab.css")
    assert response["Cache-Control"] == "no-store"
    assert "--accent: #7c3aed;" in response.text


def test_the_sheet_travels_small(client):
    response = client.get(SHEET, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == stylesheet.content(DEFAULT_COLOUR)
    assert len(response.content) < 10_000


def test_a_page_asks_for_one_sheet_and_nothing_from_elsewhere(client, db):
    page = client.get("/").text
    assert page.count('rel="stylesheet"') == 1
    assert SHEET in page
    assert "style=" not in page


def test_another_brand_is_on_the_very_next_page(client, purple):
    page = client.get("/").text
    assert "Fish &amp; Sons" in page
    sheet = client.get(purple.stylesheet_url)
    assert f'href="{purple.stylesheet_url}"' in page
    assert sheet["Cache-Control"] == FOR_A_YEAR
    assert "--accent: #7c3aed;" in sheet.text


def test_the_logo_is_a_picture_of_our_own(client, purple):
    assert purple.logo_url in client.get("/").text
    response = client.get(purple.logo_url)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == FOR_A_YEAR
    assert response.content == bytes(purple.logo)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/logo.abababababab.png", "/logo.0123456789ab.png"])
def test_a_logo_that_is_gone_is_not_found(client, path):
    assert client.get(path).status_code == 404
    Brand.objects.create()
    assert client.get(path).status_code == 404


def test_the_icon_bears_the_initial_in_the_colour(client, purple):
    response = client.get(purple.icon_url)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == FOR_A_YEAR
    assert ">F</text>" in response.text
    assert 'fill="#7c3aed"' in response.text
    assert client.get("/icon.0123456789ab.svg")["Cache-Control"] == "no-store"
