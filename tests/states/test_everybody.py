"""Every state, for everybody: WCAG 2.2 AA by axe, on small screens, enlarged, by day and night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.states import world
from tests.states.conftest import DESKTOP, watch
from tests.states.states import STATES, State

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
every_state = pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
# One of each kind of page.
KINDS = [
    state
    for state in STATES
    if state.name
    in {"positions", "position", "form-all-wrong", "application-in-progress", "fault-500-broken"}
]
every_kind = pytest.mark.parametrize("state", KINDS, ids=lambda state: state.name)


def violations(page, rules):
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return {each["id"]: [node["html"] for node in each["nodes"]] for each in found}


def is_within_its_width(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@every_state
def test_nothing_stands_in_anybodys_way(visit, state):
    """320 pixels are also what a window of 1280 shows at 400 % (WCAG 2.2, 1.4.10)."""
    page = visit(state, reduced_motion="reduce")
    assert violations(page, RULES) == {}
    assert is_within_its_width(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(DESKTOP)
    assert violations(page, RULES) == {}
    assert page.evaluate("document.getAnimations().length") == 0


@every_kind
def test_a_page_that_runs_from_right_to_left_stays_within_its_width(visit, state):
    page = visit(state)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert is_within_its_width(page)
    page.set_viewport_size(DESKTOP)
    assert is_within_its_width(page)


@every_kind
def test_text_may_be_set_wider(visit, state):
    """https://www.w3.org/TR/WCAG22/#text-spacing"""
    page = visit(state, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"
    )
    assert is_within_its_width(page)
    assert (
        page.evaluate(
            """[...document.querySelectorAll('a, button, h1, h2, p, dd, label, legend')]
        .filter(element => element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).overflow === 'hidden'
            && !element.matches('.visually-hidden, .skip'))
        .map(element => element.outerHTML)"""
        )
        == []
    )


def test_in_forced_colours_what_is_done_still_looks_done(visit):
    page = visit(_named("application-in-progress"), forced_colors="active")
    marks = page.evaluate(
        """[...document.querySelectorAll('.timeline__moment')].map(
        moment => getComputedStyle(moment, '::before').backgroundColor)"""
    )
    assert len(set(marks[:2])) == 1
    assert marks[0] not in marks[2:]


def test_what_a_page_may_not_do_is_noticed(chromium, company):
    """Without this, the tests above could be silent for the wrong reason."""
    complaints = []
    page = chromium.new_page(base_url=company)
    watch(page, company, complaints)
    page.goto(world.POSITION)
    page.evaluate(
        """() => {
        document.body.setAttribute('style', 'color: red');
        document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/x.png'}));
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        document.body.append(script);
        }"""
    )
    page.wait_for_function("document.images.length > 0")
    title = page.title()
    page.close()
    assert title != "run"
    directives = " ".join(complaints)
    for directive in ("style-src-attr", "img-src", "script-src-elem"):
        assert directive in directives


def _named(name: str) -> State:
    return next(state for state in STATES if state.name == name)
