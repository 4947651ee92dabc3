"""What everybody sees when the mail server says no: for now, and for good."""

import dataclasses
import json

import pytest

from django_celery.local.applicant import Browser
from django_celery.local.inbox.faults import Faults
from django_celery.local.sample import SampleApplicant
from django_celery.local.stack import Stack
from tests.django_celery.local.waiting import wait_for
from tests.journeys.monitor import ask_flower

pytestmark = pytest.mark.timeout(300)


def applied(stack: Stack, someone: SampleApplicant) -> dict:
    """The JSON of an application sent now, once each of its steps has ended."""
    browser = Browser(stack.site_url)
    page = browser.apply("backend-engineer", someone)
    wait_for(lambda: all(map(has_ended, browser.progress(page)["steps"])), limit=60)
    return browser.progress(page)


def has_ended(step: dict) -> bool:
    return step["status"] in {"success", "failure"}


def flower_states(stack: Stack, name: str, email: str) -> list[str]:
    """Of the newest application's attempts at a step, the oldest first; with nobody's address."""
    tasks = ask_flower(stack, f"tasks?taskname=apply_now.{name}")
    assert email not in json.dumps(tasks)
    newest = max(tasks.values(), key=lambda task: task["received"])["uuid"].partition(".")[0]
    return [tasks[key]["state"] for key in sorted(tasks) if key.startswith(newest)]


def test_a_mailbox_that_says_later_is_tried_again_and_flower_shows_both(failing, someone):
    failing.inbox.fail(Faults(greylist_seconds=0.5))
    patient = dataclasses.replace(someone, email="patient@example.org")
    steps = {step["name"]: step for step in applied(failing, patient)["steps"]}
    assert steps["email_applicant"]["attempts"] == 2
    assert flower_states(failing, "email_applicant", patient.email) == ["RETRY", "SUCCESS"]
    letters = [one for one in failing.inbox.messages() if one["to"] == [patient.email]]
    assert len(letters) == 1


def test_a_mailbox_that_is_not_there_fails_its_step_alone_and_flower_says_so(failing, someone):
    missing = dataclasses.replace(someone, email="nobody@example.org")
    failing.inbox.fail(Faults(unknown_recipients=(missing.email,)))
    found = applied(failing, missing)
    assert found["status"] == "failed"
    assert {step["name"]: step["status"] for step in found["steps"]} == {
        "render_dossier": "success",
        "store_dossier": "success",
        "email_hr": "success",
        "email_applicant": "failure",
    }
    assert missing.email not in json.dumps(found)
    assert flower_states(failing, "email_applicant", missing.email) == ["FAILURE"]
