from axe_playwright_python.sync_playwright import Axe

from applications.models import Letter
from tests.states.conftest import DESKTOP, PHONE
from tests.states.papers import letters, shown

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_every_kind_of_letter_has_its_pictures(company):
    assert {name for name, _message in letters()} == set(Letter.Kind.values)


def test_no_letter_stands_in_anybodys_way(chromium, company):
    """In a browser, as mail programs show it: on a phone by night, on a desk by day."""
    page = chromium.new_page()
    found = {}
    for name, message in letters():
        page.set_content(shown(message))
        for viewport, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            for each in Axe().run(page, options={"runOnly": RULES}).response["violations"]:
                found[name, scheme, each["id"]] = [node["html"] for node in each["nodes"]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[name, scheme, "width"] = []
    page.close()
    assert found == {}
