"""From the list of positions to the erasure: by keyboard alone, and without scripts."""

from http import HTTPStatus

import pytest
from playwright.sync_api import expect

from tests.django_celery.local.waiting import wait_for
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.timeout(300)

DONE = "All done: your application is with our hiring team."


@pytest.fixture
def files(tmp_path, someone):
    (tmp_path / "CV.pdf").write_bytes(someone.resume)
    return tmp_path


@pytest.fixture
def tab(browser, stack):
    """Opens a tab of its own. A policy that is broken, or another site asked, is an error."""
    contexts, troubles = [], []

    def open_(**options):
        context = browser.new_context(base_url=stack.site_url, locale="en-GB", **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda line: "Content Security Policy" in line.text and troubles.append(line.text),
        )
        page.on("request", lambda request: foreign(request.url) and troubles.append(request.url))
        return page

    def foreign(url):
        # The dossier comes from the object store.
        is_ours = url.startswith(stack.site_url) or ".pdf?" in url
        return url.startswith(("http", "ws")) and not is_ours

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


def test_the_whole_journey_by_keyboard_alone(tab, someone, files):
    page = tab(reduced_motion="reduce")
    keys = Keyboard(page)
    page.goto("/")
    keys.follow("Skip to the content")
    expect(page.locator("main")).to_be_focused()
    keys.write("What are you looking for?", "backend engineer")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 position", timeout=20_000)
    keys.follow("Backend Engineer")
    page.wait_for_url("**/jobs/backend-engineer/")
    keys.follow("Apply Now")
    page.wait_for_url("**/apply/")
    fill_in(keys, someone, files)
    keys.follow("Review what you send")
    # What is wrong is told first, and leads to where it can be put right.
    summary = page.locator("[data-summary]")
    expect(summary).to_be_focused()
    keys.follow("Phone")
    expect(page.get_by_label("Phone")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(someone.phone)
    keys.follow("Review what you send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    keys.follow("Apply Now")
    page.wait_for_url("**/applications/*/")
    expect(page.locator("#timeline .lead")).to_have_text(DONE, timeout=60_000)
    expect(page.locator("#news")).to_have_text(DONE)
    keys.tab_to("Open your dossier")
    reads_the_dossier(page, lambda: page.keyboard.press("Enter"))
    keys.follow("Withdraw this application")
    page.wait_for_url("**/withdraw/")
    keys.follow("Withdraw it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdrawn")
    keys.follow("Delete my data")
    page.wait_for_url("**/erase/")
    keys.follow("Delete everything")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your data")
    expect(page.get_by_role("heading", name="What was erased")).to_be_visible(timeout=60_000)


def reads_the_dossier(page, press):
    """In the browser's own viewer; then back to the page."""
    here = page.url
    with page.expect_response(lambda answer: ".pdf?" in answer.url) as answer:
        press()
    assert answer.value.status == HTTPStatus.OK
    assert answer.value.headers["content-type"] == "application/pdf"
    page.wait_for_url("**.pdf?*")
    page.goto(here)
    expect(page.locator("#timeline .lead")).to_have_text(DONE)


def fill_in(keys, someone, files):
    """All of it right but the phone."""
    keys.write("Full name", someone.full_name)
    keys.write("E-mail", "keys@example.org")
    keys.write("Phone", "call me")
    keys.choose_file("CV", files / "CV.pdf")
    keys.write("Cover letter", someone.cover_letter)
    keys.write("Where can we see something", someone.short_answer)
    keys.write("Tell us about a fault", someone.long_answer)
    keys.tick("When could you start?")
    keys.tick("Do you have a permit")
    keys.tick("I agree")


def test_the_whole_journey_without_scripts(tab, someone, files):
    page = tab(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("What are you looking for?").fill("backend engineer")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Backend Engineer").click()
    page.get_by_role("link", name="Apply Now").first.click()
    page.get_by_label("Full name").fill(someone.full_name)
    page.get_by_label("E-mail").fill("plain@example.org")
    page.get_by_label("Phone").fill("call me")
    page.get_by_label("CV").set_input_files(files / "CV.pdf")
    page.get_by_label("Tell us about a fault").fill(someone.long_answer)
    page.get_by_label("Within a month").check()
    page.get_by_label("Yes").check()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Review what you send").click()
    expect(page.locator("#errors")).to_contain_text("Enter a phone number")
    page.get_by_label("Phone").fill(someone.phone)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    page.get_by_role("button", name="Apply Now").click()
    page.wait_for_url("**/applications/*/")
    look_again(page, until=page.get_by_text(DONE))
    reads_the_dossier(page, page.get_by_role("link", name="Open your dossier").click)
    page.get_by_role("link", name="Withdraw this application").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdrawn")
    page.get_by_role("link", name="Delete my data").click()
    page.get_by_role("button", name="Delete everything").click()
    look_again(page, until=page.get_by_role("heading", name="What was erased"))


def look_again(page, *, until):
    """Without scripts the page does not move by itself: it has a link."""

    def is_there():
        if until.count() == 0:
            page.get_by_role("link", name="Look again").click()
        return until.count()

    wait_for(is_there, limit=60)
