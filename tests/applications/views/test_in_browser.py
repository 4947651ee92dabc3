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
from tests.factories import make_consent, make_job

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 320, "height": 568}, {"width": 1280, "height": 720}
CV = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}


@pytest.fixture(scope="module")
def chromium():
    # Playwright's own loop runs in this thread; the database is asked beside it, never in it.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=20_000)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What the consoles of the tabs say; an error unless the test expects it."""
    return []


@pytest.fixture
def open_page(chromium, live_server, job, settings, complaints):
    """Opens an address in a tab of its own. What the tab's console complains of is an error."""
    contexts = []

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


def fill_in(page, number="1,250.5", no="No"):
    page.get_by_label("Full name").fill("Ada Lovelace")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("CV").set_input_files(CV)
    page.get_by_label("short_text?").fill("A word")
    page.get_by_label("long_text?").fill("A story")
    page.get_by_label("number?").fill(number)
    page.get_by_label("date?").fill("2026-05-01")
    page.get_by_label("Later").check()
    page.get_by_label("Lisp").check()
    page.get_by_label(no, exact=True).check()
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
    expect(page.get_by_role("heading", name="You have sent this application")).to_be_visible()
    expect(page.get_by_role("button", name="Apply Now")).to_be_disabled()
    page.get_by_role("link", name="See how far it has come").click()
    page.wait_for_url(receipt)
    assert Application.objects.count() == 1


def test_another_application_can_be_begun_after_one_was_sent(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    page.go_back()
    page.get_by_role("link", name="Begin another application").click()
    expect(page.get_by_role("button", name="Apply Now")).to_be_enabled()
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 2


def test_the_way_back_past_the_review_says_what_was_sent_too(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    for _step in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="You have sent this application")).to_be_visible()
        expect(page.get_by_role("button", name="Apply Now")).to_be_disabled()


def test_a_reload_loses_neither_words_nor_files_that_the_server_has_seen(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    page.reload()
    expect(page.get_by_label("long_text?")).to_have_value("A story")
    expect(page.get_by_label("Lisp")).to_be_checked()
    expect(page.locator("#id_resume_kept")).to_contain_text("cv.pdf")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.get().documents.count() == 2


def test_a_reload_after_an_answer_that_got_lost_leads_to_the_application(open_page, complaints):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.route("**/apply/", lambda route: route.fetch(max_redirects=0) and route.abort())
    apply_now(page)
    expect(page.get_by_role("alert")).to_contain_text("The connection broke")
    page.unroute_all()
    page.reload()
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1
    complaints.clear()


def test_a_consent_that_changed_during_the_review_is_asked_for_again(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    make_consent(body="Another text.", published_at=timezone.now())
    page.get_by_role("button", name="Back to edit").click()
    expect(page.locator("form")).to_contain_text("Another text.")
    expect(page.get_by_label("I agree")).not_to_be_checked()


def test_without_scripts_the_way_back_says_what_was_sent(open_page):
    page = open_page("/jobs/backend-engineer/apply/", java_script_enabled=False)
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    receipt = page.url
    page.go_back()
    expect(page.get_by_text("You have sent an application")).to_be_visible()
    page.get_by_role("link", name="See how far it has come").click()
    page.wait_for_url(receipt)


def test_in_a_flood_the_browser_calculates_and_whoever_presses_early_is_sent_on(
    open_page, monkeypatch
):
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    page = open_page("/jobs/backend-engineer/apply/", viewport=PHONE)
    fill_in(page)
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1


def test_in_a_flood_a_form_that_was_reloaded_is_sent_at_the_first_try(open_page, monkeypatch):
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    page = open_page("/jobs/backend-engineer/apply/")
    page.reload()
    fill_in(page)
    expect(page.locator("[data-proof-said]")).to_contain_text("is done")
    apply_now(page)
    page.wait_for_url("**/applications/**")


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


def test_who_stands_on_a_link_stays_there_when_the_page_moves_on(open_page, post):
    address = post()["Location"]
    document = Application.objects.get().documents.create(
        kind="dossier", filename="d.pdf", content_type="application/pdf", sha256="0" * 64, size=1
    )
    type(document).objects.update(stored_at=timezone.now())
    page = open_page(address)
    page.get_by_role("link", name="Open your dossier").focus()
    StepRun.objects.filter(name="render_dossier").update(status="success", due_at=None)
    expect(page.locator("#timeline")).to_contain_text("Your dossier is made.")
    expect(page.get_by_role("link", name="Open your dossier")).to_be_focused()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_apply_now_is_in_sight_at_once(open_page, viewport):
    page = open_page("/jobs/backend-engineer/", viewport=viewport)
    expect(page.get_by_role("link", name="Apply Now").first).to_be_in_viewport(ratio=1)


def test_the_list_follows_what_is_chosen_and_typed(open_page):
    make_job(title="Cook", department="Kitchen", place="Zürich")
    page = open_page("/")
    expect(page.locator("#found")).to_have_text("2 positions")
    page.get_by_label("Department").focus()
    page.get_by_label("Department").select_option("Kitchen")
    expect(page.locator("#found")).to_have_text("1 position")
    expect(page.get_by_role("link", name="Cook")).to_be_visible()
    expect(page.get_by_label("Department")).to_be_focused()
    page.get_by_label("E-mail").fill("ada@example.org")
    assert page.url.endswith("/?department=Kitchen")
    page.get_by_label("What are you looking for?").press_sequentially("zur")
    page.wait_for_url("**/?text=zur&department=Kitchen")
    expect(page.get_by_label("What are you looking for?")).to_be_focused()
    page.get_by_label("What are you looking for?").press_sequentially("x")
    expect(page.get_by_text("No position matches")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("ada@example.org")
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


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_sent_can_be_reviewed_and_edited_first(open_page, scripts):
    page = open_page("/jobs/backend-engineer/apply/", java_script_enabled=scripts)
    fill_in(page)
    page.get_by_label("Cover letter").fill("Dear team,\n\nhere I am.")
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    for words in ("1,250.5", "1 May 2026", "https://example.org/work", "work.pdf", "here I am."):
        expect(page.locator("form")).to_contain_text(words)
    page.get_by_role("button", name="Back to edit").click()
    expect(page.get_by_label("Full name")).to_have_value("Ada Lovelace")
    expect(page.get_by_label("Lisp")).to_be_checked()
    expect(page.get_by_label("I agree")).to_be_checked()
    expect(page.locator("#summary")).to_have_count(0)
    page.get_by_label("Full name").fill("Ada King")
    page.get_by_role("button", name="Review what you send").click()
    expect(page.locator("form")).to_contain_text("Ada King")
    assert not Application.objects.exists()
    apply_now(page)
    page.wait_for_url("**/applications/**")
    application = Application.objects.get()
    assert application.full_name == "Ada King"
    assert application.cover_letter == "Dear team,\n\nhere I am."
    assert application.documents.count() == 2
    assert not KeptFile.objects.exists()


def test_the_way_back_from_the_review_finds_the_form_as_it_was_left(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.go_back()
    expect(page.get_by_label("Full name")).to_have_value("Ada Lovelace")
    assert page.get_by_label("CV").evaluate("input => input.files[0].name") == "cv.pdf"
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_was_written_for_a_position_that_was_taken_down_meanwhile_is_not_lost(
    open_page, scripts, now
):
    page = open_page("/jobs/backend-engineer/apply/", java_script_enabled=scripts)
    fill_in(page)
    Job.objects.update(is_published=False, listed_at=now)
    apply_now(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This position is no longer open")
    expect(page.locator("main")).to_contain_text("A story")
    expect(page.get_by_role("link", name="See the open positions")).to_be_visible()
    assert not Application.objects.exists()
    if scripts:
        page.go_back()
        expect(page.get_by_label("long_text?")).to_have_value("A story")
        assert page.get_by_label("CV").evaluate("input => input.files[0].name") == "cv.pdf"


def line_of(page):
    """The tab's own line, for ``slow``."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    return line


def slow(line, kilobytes):
    """It carries so many kilobytes a second upwards; 0 is an end to that."""
    rate = kilobytes * 1024 if kilobytes else -1
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": rate})


def test_a_slow_upload_shows_how_far_it_is_and_can_be_stopped_and_sent_again(open_page):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    large = {**CV, "buffer": samples.pdf() + bytes(3 * 1024 * 1024)}
    page.get_by_label("file?").set_input_files(large)
    line = line_of(page)
    slow(line, 400)
    page.get_by_role("button", name="Apply Now").dblclick()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.locator("[data-news]")).to_have_text("Uploading: 25%")
    assert 0 < bar.evaluate("bar => bar.value") < 1
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
    slow(line, 0)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1


def test_an_interrupted_upload_offers_to_try_again_and_arrives_once(open_page, complaints):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    lost = []
    page.route(
        "**/apply/", lambda route: lost.append(route.fetch(max_redirects=0)) or route.abort()
    )
    apply_now(page)
    expect(page.get_by_role("alert")).to_contain_text("The connection broke")
    assert (lost[0].status, Application.objects.count()) == (303, 1)
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/applications/**")
    assert Application.objects.count() == 1
    complaints.clear()


def test_a_proxy_that_takes_less_is_told_in_words_and_nothing_is_lost(open_page, complaints):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    page.route("**/apply/", lambda route: route.fulfill(status=413, body="<h1>413</h1>"))
    apply_now(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose smaller files")
    expect(page.get_by_label("Full name")).to_have_value("Ada Lovelace")
    complaints.clear()


def test_a_flood_that_began_meanwhile_is_met_on_the_page_that_comes_back(open_page, monkeypatch):
    page = open_page("/jobs/backend-engineer/apply/")
    fill_in(page)
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    apply_now(page)
    expect(page.locator("[data-proof-said]")).to_contain_text("calculation")
    expect(page.locator("[data-summary]")).to_be_focused()
    apply_now(page)
    page.wait_for_url("**/applications/**")
    assert Application.objects.get().documents.count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_sending_can_be_used_by_everybody(open_page, scheme):
    page = open_page("/jobs/backend-engineer/apply/", viewport=PHONE, color_scheme=scheme)
    fill_in(page)
    large = {**CV, "buffer": samples.pdf() + bytes(2 * 1024 * 1024)}
    page.get_by_label("file?").set_input_files(large)
    line = line_of(page)
    slow(line, 100)
    apply_now(page)
    expect(page.get_by_role("progressbar")).to_be_visible()
    look(page, "uploading")
    page.get_by_role("button", name="Stop").click()
    look(page, "stopped")
    slow(line, 0)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review what you send")
    look(page, "review")
    apply_now(page)
    page.wait_for_url("**/applications/**")
    page.go_back()
    expect(page.get_by_text("You have sent this application")).to_be_visible()
    look(page, "sent")


def test_from_right_to_left_everything_has_its_place(open_page, settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("ar", "Arabic")], "ar"
    page = open_page("/jobs/backend-engineer/apply/", viewport=PHONE)
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    hint = "getComputedStyle(document.querySelector('.field__hint')).textAlign"
    assert page.evaluate(hint) == "right"
    fill_in(page, number="1250,5", no="لا")
    page.locator("[name=review]").click()
    expect(page.locator("[name=edit]")).to_be_visible()
    look(page, "review")
    edge = page.locator(".section__title").first.bounding_box()
    answer = page.get_by_text("Ada Lovelace").bounding_box()
    assert edge["x"] + edge["width"] == pytest.approx(answer["x"] + answer["width"], abs=1)


def look(page, state):
    report = Axe().run(page, options={"runOnly": WCAG})
    assert report.response["violations"] == [], state
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], state
