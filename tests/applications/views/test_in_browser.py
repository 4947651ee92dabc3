"""What only a browser can tell: the small scripts, the live page, what can be seen and heard."""

import shutil
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from applications.models import Application, Job, KeptFile
from applications.services import traffic
from pipelines.models import Run, StepRun
from tests.applications.uploads import samples
from tests.factories import make_job

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 320, "height": 568}, {"width": 1280, "height": 720}
CV = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)


@pytest.fixture(scope="module")
def chromium():
    # Playwright's own loop runs in this thread; the database is asked beside it, never in it.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class StrictPolicy:
    """Middleware: nothing inline and nothing from elsewhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Content-Security-Policy"] = STRICT
        return response


@pytest.fixture
def open_page(chromium, live_server, job, settings):
    """Opens an address in a tab of its own. What the tab's console complains of is an error."""
    settings.MIDDLEWARE = [f"{__name__}.StrictPolicy", *settings.MIDDLEWARE]
    contexts, complaints = [], []

    def open_(path, **options):
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [each for each in complaints if "422" not in each and "410" not in each] == []


def fill_in(page):
    page.get_by_label("Full name").fill("Ada Lovelace")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("CV").set_input_files(CV)
    page.get_by_label("short_text?").fill("A word")
    page.get_by_label("long_text?").fill("A story")
    page.get_by_label("number?").fill("1,250.5")
    page.get_by_label("date?").fill("2026-05-01")
    page.get_by_label("Later").check()
    page.get_by_label("Lisp").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("link?").fill("example.org/work")
    page.get_by_label("file?").set_input_files({**CV, "name": "work.pdf"})
    page.get_by_label("I agree").check()


def apply_now(page):
    page.get_by_role("button", name="Apply Now").click()


def test_a_file_that_is_too_large_does_not_travel(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.get_by_label("CV").set_input_files({**CV, "buffer": bytes(11 * 1024 * 1024)})
    said = page.locator("[data-said]").first
    expect(said).to_have_text("This file is too large. PDF, DOCX, ODT, RTF or TXT, at most 10 MB.")
    apply_now(page)
    page.get_by_label("CV").set_input_files(CV)
    expect(said).to_contain_text("cv.pdf (")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1


def test_a_photo_is_shown_before_it_is_sent(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    photo = {"name": "me.png", "mimeType": "image/png", "buffer": samples.picture("PNG")}
    page.get_by_label("Photo").set_input_files(photo)
    expect(page.locator("[data-preview]").nth(1)).to_be_visible()


def test_a_letter_that_is_too_long_is_counted(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    page.get_by_label("Cover letter").fill("a" * 20_001)
    expect(page.locator(".field__count--over")).to_have_text("20,001 / 20,000")


def test_the_way_back_leads_to_the_same_application(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    receipt = page.url
    page.go_back()
    expect(page.get_by_role("button", name="Apply Now")).to_be_enabled()
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert page.url == receipt
    assert Application.objects.count() == 1


def test_in_a_flood_the_browser_calculates_and_whoever_presses_early_is_sent_on(
    open_page, monkeypatch
):
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    page = open_page("/jobs/backend-engineer/apply/", viewport=PHONE)
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1


def test_the_calculation_is_announced_and_can_be_read(open_page, monkeypatch):
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    page = open_page("/jobs/backend-engineer/apply/", viewport=PHONE)
    expect(page.locator("[data-proof-said]")).to_have_text(
        "The calculation is done. You can send your application.", timeout=20_000
    )
    assert Axe().run(page, options={"runOnly": WCAG}).response["violations"] == []


def test_without_scripts_errors_and_files_are_kept_and_sent_again(open_page):
    page = open_page("/jobs/backend-engineer/apply/", java_script_enabled=False)
    fill_in(page)
    page.get_by_label("Phone").fill("call me")
    apply_now(page)
    expect(page.locator("#errors")).to_contain_text("Enter a phone number")
    expect(page.locator("#id_resume_kept")).to_contain_text("cv.pdf")
    assert KeptFile.objects.count() == 2
    page.get_by_label("Phone").fill("")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Ada Lovelace")


def test_the_page_follows_the_application_and_then_rests(open_page, post):
    page = open_page(post()["Location"])
    expect(page.locator("#timeline")).to_contain_text("Your dossier will be made.")
    StepRun.objects.filter(name="render_dossier").update(status="success", due_at=None)
    expect(page.locator("#news")).to_have_text("Your dossier is made.")
    StepRun.objects.update(status="success", due_at=None)
    Run.objects.update(status="done")
    expect(page.locator("#timeline .lead")).to_have_text(
        "All done: your application is with our hiring team."
    )
    assert page.locator("#timeline").get_attribute("hx-trigger") is None


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_apply_now_is_in_sight_at_once(open_page, viewport):
    page = open_page("/jobs/backend-engineer/", viewport=viewport)
    expect(page.get_by_role("link", name="Apply Now").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_used_by_everybody(open_page, post, scheme):
    receipt = post()["Location"]
    for path in ("/", "/jobs/backend-engineer/", "/jobs/backend-engineer/apply/", receipt):
        page = open_page(path, viewport=PHONE, color_scheme=scheme)
        if path.endswith("/apply/"):
            page.locator("form").evaluate("form => { form.noValidate = true; }")
            apply_now(page)
            expect(page.locator("#summary")).to_be_visible()
        report = Axe().run(page, options={"runOnly": WCAG})
        assert report.response["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_the_list_follows_what_is_chosen_and_typed(open_page):
    make_job(title="Cook", department="Kitchen", place="Zürich")
    page = open_page("/")
    expect(page.locator("#found")).to_have_text("2 positions")
    page.get_by_label("Department").focus()
    page.get_by_label("Department").select_option("Kitchen")
    expect(page.locator("#found")).to_have_text("1 position")
    expect(page.get_by_role("link", name="Cook")).to_be_visible()
    expect(page.get_by_label("Department")).to_be_focused()
    assert page.url.endswith("/?department=Kitchen")
    page.get_by_label("What are you looking for?").press_sequentially("zur")
    page.wait_for_url("**/?text=zur&department=Kitchen")
    expect(page.get_by_label("What are you looking for?")).to_be_focused()
    page.get_by_label("What are you looking for?").press_sequentially("x")
    expect(page.get_by_text("No position matches")).to_be_visible()
    page.go_back()
    expect(page.locator("#found")).to_have_text("1 position")
    expect(page.get_by_label("What are you looking for?")).to_have_value("")
    page.go_back()
    expect(page.locator("#found")).to_have_text("2 positions")
    assert page.get_by_label("Department").input_value() == ""


def test_without_scripts_the_button_searches(open_page):
    make_job(title="Cook", department="Kitchen")
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("Department").select_option("Kitchen")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/?department=Kitchen")
    expect(page.get_by_role("link", name="Backend Engineer")).to_have_count(0)
    expect(page.get_by_label("Department")).to_have_value("Kitchen")
    page.get_by_role("link", name="Clear filters").click()
    expect(page.locator("#found")).to_have_text("2 positions")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_list_can_be_used_by_everybody(open_page, scheme):
    Job.objects.bulk_create(Job(slug=f"cook-{n}", title="Cook", place="Bern") for n in range(40))
    Job.objects.filter(slug="cook-1").update(
        opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now()
    )
    for path in (
        "/?page=2&place=Bern",
        "/?text=zebra&place=Bern",
        "/jobs/cook-1/",
        "/jobs/cook-2/",
    ):
        page = open_page(path, viewport=PHONE, color_scheme=scheme)
        report = Axe().run(page, options={"runOnly": WCAG})
        assert report.response["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
