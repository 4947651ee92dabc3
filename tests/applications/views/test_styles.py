import gzip

from applications import stylesheet
from applications.templatetags.pages import stylesheet_url


def test_the_sheet_may_be_kept_for_ever(client):
    response = client.get(stylesheet_url())
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.text == stylesheet.content()


def test_under_an_old_address_todays_sheet_is_not_kept(client):
    response = client.get("/styles.0123456789ab.css")
    assert response["Cache-Control"] == "no-store"
    assert response.text == stylesheet.content()


def test_the_sheet_travels_small(client):
    response = client.get(stylesheet_url(), headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == stylesheet.content()
    assert len(response.content) < 6_000


def test_a_page_asks_for_one_sheet_and_nothing_from_elsewhere(client, db):
    page = client.get("/").text
    assert page.count('rel="stylesheet"') == 1
    assert stylesheet_url() in page
    assert "//" not in page.replace("<!doctype", "")
    assert "style=" not in page
    assert "<script" not in page
