"""``make screenshots``: every state of the list, every letter and a dossier, as pictures.

Named unlike a test, so that it runs only when asked for.
"""

import shutil
from itertools import product
from pathlib import Path

import pytest
from django.template import Context, Engine

from tests.factories import make_brand
from tests.states import world
from tests.states.conftest import DESKTOP, PHONE
from tests.states.office import pages
from tests.states.papers import PEOPLE, dossier_pages, letters, shown, weekly_report_pages
from tests.states.states import STATES
from tests.variables import ROOT

HERE = Path(__file__).parent
FOLDER = ROOT / "screenshots"
VIEWS = {
    "phone": {"viewport": PHONE, "device_scale_factor": 2},
    "phone-dark": {"viewport": PHONE, "device_scale_factor": 2, "color_scheme": "dark"},
    "desktop": {"viewport": DESKTOP},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "desktop-rtl": {"viewport": DESKTOP},
    "forced-colours": {"viewport": DESKTOP, "forced_colors": "active"},
    "print": {"viewport": {"width": 794, "height": 1123}},
}


@pytest.fixture(scope="module", autouse=True)
def index():
    """An empty folder before, and afterwards a page that shows what is in it."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    yield
    shutil.copy(HERE / "index.css", FOLDER)
    page = Engine().from_string((HERE / "index.html").read_text())
    names = sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.png")})
    shown = [(name, sorted(path.name for path in FOLDER.glob(f"{name}.*png"))) for name in names]
    (FOLDER / "index.html").write_text(page.render(Context({"states": shown})))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state(visit, state):
    page = visit(state, reduced_motion="reduce")
    for view, options in VIEWS.items():
        _look(page, view, options)
        page.screenshot(path=FOLDER / f"{state.name}.{view}.png", full_page=True)


def _look(page, view, options):
    page.set_viewport_size(options["viewport"])
    page.emulate_media(
        media="print" if view == "print" else "screen",
        color_scheme=options.get("color_scheme", "light"),
        forced_colors=options.get("forced_colors", "none"),
    )
    direction = "rtl" if view.endswith("rtl") else "ltr"
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("direction => { document.documentElement.dir = direction; }", direction)


@pytest.mark.parametrize("brand", ["", "branded"])
def test_letters(chromium, company, brand):
    if brand:
        make_brand(size=(160, 160))
    page = chromium.new_page()
    for name, message in letters():
        page.set_content(shown(message))
        for view in ("phone", "phone-dark", "desktop", "desktop-dark"):
            _look(page, view, VIEWS[view])
            picture = f"letter-{name}{brand and '-branded'}.{view}.png"
            page.screenshot(path=FOLDER / picture, full_page=True)
    page.close()


@pytest.mark.parametrize("brand", ["", "branded"])
def test_dossier(company, brand):
    if brand:
        make_brand()
    dossier_pages(FOLDER, f"dossier{brand and '-branded'}.page")


def test_weekly_report(company):
    weekly_report_pages(FOLDER, "weekly-report.page")


@pytest.mark.parametrize("person", PEOPLE)
def test_dossier_of_anybody(company, person):
    dossier_pages(FOLDER, f"dossier-{person}.page", **PEOPLE[person])


def test_back_office(desk):
    world.done()
    for view, (name, path) in product(("phone", "desktop", "desktop-dark"), pages().items()):
        # Unfold looks once, as its page is loaded, whether it is night.
        _look(desk, view, VIEWS[view])
        desk.goto(path)
        desk.screenshot(path=FOLDER / f"back-office-{name}.{view}.png", full_page=True)
