"""Somebody applies, with a browser; everybody gets what is theirs."""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from django_celery.local.delivery import object_keys, read_back
from django_celery.local.http import authorization, fetch, request
from django_celery.local.inbox.faults import Faults
from django_celery.local.inbox.message import attachment, parse
from django_celery.local.sample import Candidate, candidate
from tests.django_celery.local.waiting import wait_for

# The whole system comes up first, which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(300)

STEPS = ["render_dossier", "store_dossier", "email_hr", "email_applicant"]
RECEIVED = "We have your application. What follows happens by itself."
DONE = "All done: your application is with our hiring team."


@dataclass(frozen=True)
class Arrived:
    """An application that went all the way."""

    candidate: Candidate
    page_url: str
    reference: str
    headlines: tuple[str, str]
    was_reloaded: bool


@pytest.fixture(scope="module")
def arrived(stack, page, tmp_path_factory) -> Arrived:
    someone = candidate()
    # So slow that the page is there before the last letter has gone.
    stack.inbox.fail(Faults(delay_seconds=1))
    fill_in(page, someone, tmp_path_factory.mktemp("files"))
    page.get_by_role("button", name="Apply Now").click()
    page.wait_for_url("**/applications/*/")
    page.evaluate("window.isTheSamePage = true")
    headline = page.locator("#timeline .lead")
    first = headline.inner_text()
    expect(headline).to_have_text(DONE, timeout=30_000)
    stack.inbox.fail(Faults())
    return Arrived(
        candidate=someone,
        page_url=page.url,
        reference=page.locator(".receipt__reference").inner_text(),
        headlines=(first, headline.inner_text()),
        was_reloaded=not page.evaluate("window.isTheSamePage === true"),
    )


def fill_in(page, someone: Candidate, folder) -> None:
    page.goto("/")
    page.get_by_role("link", name="Backend Engineer").click()
    page.get_by_role("link", name="Apply Now").first.click()
    page.get_by_label("Full name").fill(someone.full_name)
    page.get_by_label("E-mail").fill(someone.email)
    page.get_by_label("Phone").fill(someone.phone)
    page.get_by_label("Cover letter").fill(someone.cover_letter)
    page.get_by_label("Where can we see something").fill(someone.short_answer)
    page.get_by_label("Tell us about a fault").fill(someone.long_answer)
    page.get_by_label("Within a month").check()
    page.get_by_label("Yes").check()
    for label, name, content in (
        ("CV", "Życiorys.pdf", someone.resume),
        ("Photo", "me.jpg", someone.photo),
    ):
        (folder / name).write_bytes(content)
        page.get_by_label(label).set_input_files(folder / name)
    page.get_by_label("I agree").check()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def letter_to(stack, address: str) -> EmailMessage:
    found = [one for one in stack.inbox.messages() if one["to"] == [address]]
    assert len(found) == 1
    return parse(stack.inbox.source(found[0]["id"]))


def enclosures(message: EmailMessage) -> dict[str, str]:
    """Their names and the SHA-256 of what is in them."""
    numbers = range(len(list(message.iter_attachments())))
    found = (attachment(message, number) for number in numbers)
    return {about.name: sha256(content) for about, content in found}


def stored(stack) -> dict[str, str]:
    """The bucket's objects by the last part of their keys, all of them intact."""
    objects = [read_back(stack.bucket, key) for key in object_keys(stack.bucket)]
    assert [item.key for item in objects if not item.is_intact] == []
    return {item.key.rpartition("/")[2]: item.sha256 for item in objects}


def flower(stack, path: str) -> dict:
    headers = authorization(stack.settings["FLOWER_BASIC_AUTH"])
    return json.loads(fetch(request(f"{stack.flower_url}/api/{path}", headers=headers)))


def test_the_applicant_sees_it_arrive_without_a_reload(arrived):
    assert arrived.headlines == (RECEIVED, DONE)
    assert not arrived.was_reloaded


def test_the_store_has_the_originals_and_the_dossier(arrived, stack):
    found = stored(stack)
    assert set(found) == {"dossier.pdf", "resume.pdf", "photo.jpg"}
    assert found["resume.pdf"] == sha256(arrived.candidate.resume)
    assert found["photo.jpg"] == sha256(arrived.candidate.photo)


def test_hr_gets_the_dossier_and_the_cv_and_can_reply_to_the_applicant(arrived, stack):
    letter = letter_to(stack, "hr@example.com")
    objects = stored(stack)
    dossier, resume = enclosures(letter).values()
    assert (dossier, resume) == (objects["dossier.pdf"], objects["resume.pdf"])
    assert arrived.reference in str(letter["Subject"])
    assert arrived.candidate.email in str(letter["Reply-To"])


def test_the_applicant_gets_a_receipt_with_the_dossier_and_the_way_to_the_page(arrived, stack):
    letter = letter_to(stack, arrived.candidate.email)
    assert list(enclosures(letter).values()) == [stored(stack)["dossier.pdf"]]
    assert arrived.page_url in letter.get_body(("plain",)).get_content()
    assert arrived.page_url in letter.get_body(("html",)).get_content()


def test_the_dossier_names_the_applicant_and_the_reference(arrived, stack):
    _about, content = attachment(letter_to(stack, arrived.candidate.email), 0)
    reader = PdfReader(io.BytesIO(content))
    text = reader.pages[0].extract_text()
    assert arrived.candidate.full_name in text
    assert arrived.reference in text


def test_the_page_as_json_says_how_each_step_went(arrived):
    found = json.loads(fetch(request(f"{arrived.page_url.rstrip('/')}.json")))
    assert (found["reference"], found["status"]) == (arrived.reference, "done")
    assert [step["name"] for step in found["steps"]] == STEPS
    for step in found["steps"]:
        assert (step["status"], step["attempts"], step["error"]) == ("success", 1, "")
        assert step["queued_at"] <= step["started_at"] <= step["finished_at"]


def test_flower_saw_each_step_sent_started_and_done(arrived, stack):
    tasks = {task["name"]: task for task in flower(stack, "tasks").values()}
    assert set(tasks) == {f"apply_now.{step}" for step in STEPS}
    for task in tasks.values():
        assert task["state"] == "SUCCESS"
        # The sender says "sent" once the broker has the message: a worker may have it before.
        assert task["sent"] is not None
        assert task["received"] <= task["started"] <= task["succeeded"]


def test_flower_knows_nothing_about_the_person(arrived, stack):
    tasks = flower(stack, "tasks")
    found = [tasks, *(flower(stack, f"task/info/{task}") for task in tasks)]
    shown = json.dumps(found, ensure_ascii=False)
    someone = arrived.candidate
    private = [*re.findall(r"\w{4,}", someone.full_name), someone.email, someone.phone, "yciorys"]
    assert [word for word in private if word in shown] == []
    assert arrived.page_url.rstrip("/").rpartition("/")[2] not in shown


def test_the_whole_system_says_that_it_is_ready(arrived, stack):
    def answers() -> bool:
        try:
            fetch(request(f"{stack.site_url}/readyz"))
        except HTTPError as unavailable:
            unavailable.close()
            return False
        return True

    # The first call in a process may take longer than the probe allows.
    wait_for(answers, limit=30)
