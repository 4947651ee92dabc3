"""The list of states. A new page, or a page that can look otherwise, wants a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import ConsentText, Job, Question
from tests.applications.uploads import samples
from tests.factories import make_brand
from tests.states import wishes, world

CV = {"name": "Życiorys.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}


@dataclass(frozen=True)
class State:
    """``reach`` makes the rows that it takes and leads the page there; ``status`` is the answer's.

    Its name is that of its pictures.
    """

    name: str
    reach: Callable[[Page], object]
    status: int = 200


def _at(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def _of(application: Callable[[], object], suffix: str = "") -> Callable[[Page], object]:
    return lambda page: page.goto(f"{application().get_absolute_url()}{suffix}")


def _no_positions(page: Page) -> None:
    world.close_all()
    page.goto("/")


def _closed_position(page: Page) -> None:
    world.close_all()
    page.goto(world.POSITION)


def _taken_down_position(page: Page) -> None:
    _take_down()
    page.goto(world.POSITION)


def _take_down() -> None:
    position = Job.objects.filter(slug="backend-engineer")
    position.update(is_published=False, listed_at=timezone.now())


def fill_in(page: Page) -> None:
    """The form of the position, all but the consent."""
    someone = world.somebody()
    page.goto(world.FORM)
    page.get_by_label("Full name").fill(someone.full_name)
    page.get_by_label("E-mail").fill(someone.email)
    page.get_by_label("Cover letter").fill(someone.cover_letter)
    page.get_by_label("CV").set_input_files(CV)
    page.get_by_label("Tell us about a fault").fill(someone.long_answer)
    page.get_by_label("Within a month").check()
    page.get_by_label("Yes").check()


def press(page: Page) -> None:
    """Apply Now, past what the browser itself would hold against the form."""
    page.locator("[data-apply]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Apply Now").click()


def _filled_in(page: Page) -> None:
    fill_in(page)
    page.get_by_label("I agree").check()


def _all_wrong(page: Page) -> None:
    page.goto(world.FORM)
    press(page)
    expect(page.locator("#summary")).to_be_visible()


def _kept(page: Page) -> None:
    fill_in(page)
    page.get_by_label("Phone").fill("call me")
    press(page)
    expect(page.locator("#id_resume_kept")).to_be_visible()


def _refused_file(page: Page) -> None:
    page.goto(world.FORM)
    page.get_by_label("CV").set_input_files({**CV, "name": "cv.exe"})
    expect(page.locator(".field__error")).to_be_visible()


def _sending(page: Page) -> None:
    _filled_in(page)
    # No answer ever comes: it stays as it is while it sends.
    page.route(f"**{world.FORM}", lambda _route: None)
    page.get_by_role("button", name="Apply Now").click()
    expect(page.get_by_role("progressbar")).to_be_visible()


def _interrupted(page: Page) -> None:
    _filled_in(page)
    page.route(f"**{world.FORM}", lambda route: route.abort())
    page.get_by_role("button", name="Apply Now").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _stopped(page: Page) -> None:
    _sending(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def _too_late(page: Page) -> None:
    _filled_in(page)
    _take_down()
    page.get_by_role("button", name="Apply Now").click()
    expect(page.get_by_role("heading", name="What you wrote")).to_be_visible()


def _review(page: Page) -> None:
    _filled_in(page)
    page.get_by_role("button", name="Review what you send").click()
    expect(page.get_by_role("button", name="Back to edit")).to_be_visible()


def _sent_before(page: Page) -> None:
    _filled_in(page)
    page.get_by_role("button", name="Apply Now").click()
    page.wait_for_url("**/applications/**")
    page.goto(world.FORM)


def _way_back(page: Page) -> None:
    _filled_in(page)
    page.get_by_role("button", name="Apply Now").click()
    page.wait_for_url("**/applications/**")
    page.go_back()
    expect(page.get_by_text("You have sent this application")).to_be_visible()


def _flood(page: Page) -> None:
    world.flood()
    page.goto(world.FORM)
    expect(page.get_by_text("The calculation is done.")).to_be_visible()


def _every_question(page: Page) -> None:
    job = Job.objects.get(slug="backend-engineer")
    for kind in Question.Kind:
        options = "Python\nRust\nElixir" if kind.has_options else ""
        label = f"{kind.label}, with an answer that we read with care?"
        job.questions.create(kind=kind, label=label, options=options, position=9)
    page.goto(world.FORM)


def _flooded(page: Page) -> None:
    world.applied()
    world.applied()
    with override_settings(APPLY_POW_AFTER=1):
        page.goto(world.FORM)
    expect(page.locator("[data-proof]")).to_be_visible()


def _trapped(page: Page) -> None:
    _filled_in(page)
    page.locator("[name=homepage]").evaluate("field => { field.value = 'https://x.example'; }")
    press(page)
    expect(page.locator("#summary")).to_be_visible()


def _not_ready(page: Page) -> None:
    ConsentText.objects.all().delete()
    page.goto(world.FORM)


def _branded(page: Page) -> None:
    make_brand(name="Fish & Sons", colour="#ffd400")
    page.goto(world.POSITION)


def _remind_nobody(page: Page) -> None:
    page.goto(wishes.REMIND)
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main form").get_by_role("button").click()
    expect(page.locator(".field__error")).to_be_visible()


def _ask_nobody(page: Page) -> None:
    page.goto("/alerts/")
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main form").get_by_role("button").click()
    expect(page.locator(".field__error")).to_be_visible()


def _alert_in_force(page: Page) -> None:
    page.goto(wishes.alert_page())
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", name="You will hear from us")).to_be_visible()


def _alert_ended(page: Page) -> None:
    page.goto(f"{wishes.alert_page()}end/")
    page.locator("main form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()


def _forget_reminder(page: Page) -> None:
    page.goto(wishes.reminder_page())
    page.locator("main button[value=no]").click()


STATES = (
    State("positions", _at("/")),
    State("positions-found", _at("/?text=engineer")),
    State("positions-none-found", _at("/?text=astronaut")),
    State("positions-none-open", _no_positions),
    State("position", _at(world.POSITION)),
    State("position-branded", _branded),
    State("position-closed", _closed_position, 410),
    State("position-taken-down", _taken_down_position, 410),
    State("remind", _at(wishes.REMIND)),
    State("remind-wrong", _remind_nobody, 422),
    State("remind-wish", lambda page: page.goto(wishes.reminder_page())),
    State("remind-forgotten", _forget_reminder),
    State("alert-ask", _at("/alerts/?department=Engineering")),
    State("alert-ask-wrong", _ask_nobody, 422),
    State("alert-asked", _at("/alerts/asked/")),
    State("alert", lambda page: page.goto(wishes.alert_page())),
    State("alert-in-force", _alert_in_force),
    State("alert-set-aside", lambda page: page.goto(wishes.alert_page(set_aside=True))),
    State("alert-end", lambda page: page.goto(f"{wishes.alert_page()}end/")),
    State("alert-ended", _alert_ended),
    State("alert-unknown", _at("/alerts/unknown/"), 404),
    State("form", _at(world.FORM)),
    State("form-filled-in", _filled_in),
    State("form-file-refused", _refused_file),
    State("form-all-wrong", _all_wrong, 422),
    State("form-files-kept", _kept, 422),
    State("form-every-question", _every_question),
    State("form-sending", _sending),
    State("form-stopped", _stopped),
    State("form-interrupted", _interrupted),
    State("form-flood", _flood),
    State("form-too-late", _too_late, 410),
    State("form-review", _review),
    State("form-sent-before", _sent_before),
    State("form-after-the-way-back", _way_back),
    State("form-flooded", _flooded),
    State("form-trap", _trapped, 422),
    State("application-waiting", _of(world.applied)),
    State(
        "application-in-progress",
        _of(lambda: world.applied(render_dossier="success", store_dossier="started")),
    ),
    State(
        "application-retrying",
        _of(lambda: world.applied(render_dossier="success", store_dossier="retry")),
    ),
    State("application-done", _of(world.done)),
    State("application-failed", _of(world.failed)),
    State("application-infected", _of(world.infected)),
    State("application-without-receipt", _of(world.unreceipted)),
    State("application-withdrawn", _of(world.withdrawn)),
    State("letter", _of(world.done, "letters/1/")),
    State("dossier-not-ready", _of(world.applied, "dossier/"), 409),
    State("withdraw", _of(world.done, "withdraw/")),
    State("erase", _of(world.done, "erase/")),
    State("erasure-in-progress", _of(world.erasing)),
    State("erasure-done", _of(world.erased)),
    State("fault-400-garbled", _at("/states/400/"), 400),
    State("fault-403-forbidden", _at("/states/403/"), 403),
    State("fault-403-cookie", _at("/states/403_csrf/"), 403),
    State("fault-404-nothing-here", _at("/nothing/"), 404),
    State("fault-413-too-large", _at("/too-large/"), 413),
    State("fault-500-broken", _at("/states/500/"), 500),
    State("fault-503-away", _at("/states/503/"), 503),
    State("fault-503-not-ready", _not_ready, 503),
)
