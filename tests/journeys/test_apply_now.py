"""Somebody applies, with a browser; everybody gets what is theirs."""

import hashlib
import io
import json
import re
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from django_celery.local.delivery import Before, StoredObject
from django_celery.local.http import fetch, request
from django_celery.local.inbox.faults import Faults
from django_celery.local.inbox.message import attachment, parse
from django_celery.local.sample import SampleApplicant, sample_applicant
from tests.django_celery.local.waiting import wait_for
from tests.journeys.monitor import ask_flower, tasks_of

# The whole system comes up first, which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(300)

STEPS = ["render_dossier", "store_dossier", "email_hr", "email_applicant"]
RECEIVED = "We have your application. What follows happens by itself."
DONE = "All done: your application is with our hiring team."


@dataclass(frozen=True)
class Arrived:
    """An application that went all the way: what was seen, and what came of it."""

    applicant: SampleApplicant
    page_url: str
    reference: str
    headlines: tuple[str, str]
    was_reloaded: bool
    objects: Mapping[str, StoredObject]
    letters: Mapping[str, EmailMessage]
    task_ids: Sequence[str]
    at: float


@pytest.fixture(scope="module")
def arrived(stack, page, tmp_path_factory) -> Arrived:
    someone = sample_applicant()
    before = Before.now(stack.bucket, stack.inbox)
    older_tasks = tasks_of(stack, "apply_now")
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
    found = {key.rpartition("/")[2]: item for key, item in objects(stack, before)}
    tasks = tasks_of(stack, "apply_now")
    return Arrived(
        applicant=someone,
        page_url=page.url,
        reference=page.locator(".receipt__reference").inner_text(),
        headlines=(first, headline.inner_text()),
        was_reloaded=not page.evaluate("window.isTheSamePage === true"),
        objects=found,
        letters={one["to"][0]: letter(stack, one) for one in before.new_letters(stack.inbox)},
        task_ids=[key for key in tasks if key not in older_tasks],
        at=time.time(),
    )


def fill_in(page, someone: SampleApplicant, folder) -> None:
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


def objects(stack, before: Before):
    return ((item.key, item) for item in before.new_objects(stack.bucket))


def letter(stack, summary: dict) -> EmailMessage:
    return parse(stack.inbox.source(summary["id"]))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def enclosures(message: EmailMessage) -> list[str]:
    """The SHA-256 of what is enclosed, in its order."""
    numbers = range(len(list(message.iter_attachments())))
    return [sha256(attachment(message, number)[1]) for number in numbers]


def tasks(arrived: Arrived, stack) -> list[dict]:
    """What Flower has of each task, once all have ended there too."""

    def found() -> list[dict]:
        return [ask_flower(stack, f"task/info/{task_id}") for task_id in arrived.task_ids]

    wait_for(lambda: {task["state"] for task in found()} == {"SUCCESS"})
    return found()


def test_the_applicant_sees_it_arrive_without_a_reload(arrived):
    assert arrived.headlines == (RECEIVED, DONE)
    assert not arrived.was_reloaded


def test_the_store_has_the_originals_and_the_dossier(arrived):
    assert set(arrived.objects) == {"dossier.pdf", "resume.pdf", "photo.jpg"}
    assert [item.key for item in arrived.objects.values() if not item.is_intact] == []
    assert arrived.objects["resume.pdf"].sha256 == sha256(arrived.applicant.resume)
    assert arrived.objects["photo.jpg"].sha256 == sha256(arrived.applicant.photo)


def test_hr_gets_the_dossier_and_the_cv_and_can_reply_to_the_applicant(arrived):
    message = arrived.letters["hr@example.com"]
    expected = [arrived.objects[name].sha256 for name in ("dossier.pdf", "resume.pdf")]
    assert enclosures(message) == expected
    assert arrived.reference in str(message["Subject"])
    assert arrived.applicant.email in str(message["Reply-To"])


def test_the_applicant_gets_a_receipt_with_the_dossier_and_the_way_to_the_page(arrived):
    message = arrived.letters[arrived.applicant.email]
    assert enclosures(message) == [arrived.objects["dossier.pdf"].sha256]
    assert arrived.page_url in message.get_body(("plain",)).get_content()
    assert arrived.page_url in message.get_body(("html",)).get_content()


def test_nobody_else_gets_mail(arrived):
    assert set(arrived.letters) == {"hr@example.com", arrived.applicant.email}


def test_the_dossier_names_the_applicant_and_the_reference(arrived):
    _about, content = attachment(arrived.letters[arrived.applicant.email], 0)
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert arrived.applicant.full_name in text
    assert arrived.reference in text


def test_the_page_as_json_says_how_each_step_went(arrived):
    found = json.loads(fetch(request(f"{arrived.page_url.rstrip('/')}.json")))
    assert (found["reference"], found["status"]) == (arrived.reference, "done")
    assert [step["name"] for step in found["steps"]] == STEPS
    for step in found["steps"]:
        assert (step["status"], step["attempts"], step["error"]) == ("success", 1, "")
        assert step["queued_at"] <= step["started_at"] <= step["finished_at"]


def test_flower_saw_each_step_sent_started_and_done(arrived, stack):
    found = tasks(arrived, stack)
    assert sorted(task["name"] for task in found) == sorted(f"apply_now.{step}" for step in STEPS)
    for task in found:
        # The sender says "sent" once the broker has the message: a worker may have it before.
        assert task["sent"] is not None
        assert task["received"] <= task["started"] <= task["succeeded"]


def test_flower_knows_nothing_about_the_person(arrived, stack):
    shown = json.dumps(tasks(arrived, stack), ensure_ascii=False)
    someone = arrived.applicant
    private = [*re.findall(r"\w{4,}", someone.full_name), someone.email, someone.phone, "yciorys"]
    private.append(arrived.page_url.rstrip("/").rpartition("/")[2])
    assert [word for word in private if word in shown] == []


def test_flower_remembers_after_a_kill(arrived, stack):
    wait_for(lambda: saved_after(stack, arrived.at), limit=30)
    before = stack["flower"].pid
    stack["flower"].kill(signal.SIGKILL)
    wait_for(lambda: stack["flower"].pid != before and stack["flower"].ready, limit=90)
    assert len(tasks(arrived, stack)) == len(STEPS)


def saved_after(stack, moment: float) -> bool:
    files = list(stack.folder.glob("flower*"))
    return bool(files) and min(file.stat().st_mtime for file in files) > moment


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
