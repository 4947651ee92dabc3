"""What a browser loads at its first visit, over the wire."""

import pytest
import tinyhtml5

from applications.models import Application
from tests.factories import make_brand, make_job

MOST = 50_000


@pytest.fixture
def load(client):
    """How many bytes come for an address, headers and all."""

    def load(path):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200, path
        head = "".join(f"{name}: {value}\r\n" for name, value in response.items())
        return len(head) + len(response.getvalue())

    return load


@pytest.fixture
def page(client):
    def page(path):
        tree = tinyhtml5.parse(client.get(path).text, namespace_html_elements=False)
        return list(tree.iter())

    return page


def asked_for(elements):
    """What a browser goes on to load by itself."""
    links = [each.get("href") for each in elements if is_loaded(each)]
    return [*links, *(each.get("src") for each in elements if each.get("src"))]


def is_loaded(element):
    return element.tag == "link" and element.get("rel") in {"stylesheet", "icon"}


@pytest.fixture(params=["/", "/jobs/backend-engineer/", "/jobs/backend-engineer/apply/", "own"])
def path(request, post, now, settings):
    """Each kind of page with as much on it as there can be: a full list, each kind of question."""
    for number in range(30):
        make_job(title=f"Engineer {number}", summary=f"Number {number}. " * 12, opens_at=now)
    make_brand()
    location = post()["Location"]
    settings.APPLY_POW_AFTER = Application.objects.count() and 1
    return location if request.param == "own" else request.param


def test_a_first_visit_weighs_at_most_fifty_kilobytes(load, page, path):
    assert load(path) + sum(map(load, asked_for(page(path)))) <= MOST


def test_nothing_but_one_style_sheet_holds_the_page_up(page, path):
    elements = page(path)
    sheets = [each for each in elements if each.get("rel") == "stylesheet"]
    scripts = [each for each in elements if each.tag == "script" and each.get("src")]
    assert len(sheets) == 1
    assert all(each.get("type") == "module" or "defer" in each.keys() for each in scripts)  # noqa: SIM118  an Element is no dict
