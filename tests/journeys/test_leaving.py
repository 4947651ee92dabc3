"""Somebody withdraws; somebody has all their data erased from a store that keeps versions."""

import dataclasses
import json
import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from django_celery.local.applicant import Browser
from django_celery.local.inbox.faults import Faults
from django_celery.local.sample import SampleApplicant
from django_celery.local.stack import Stack
from tests.django_celery.local.waiting import wait_for
from tests.journeys.monitor import ask_flower, tasks_of

pytestmark = pytest.mark.timeout(300)

WITHDRAWN = "You have withdrawn your application."
ERASED = "Your data is erased."
HR = "hr@example.com"


@pytest.fixture(scope="module")
def versioned(stack) -> Iterator[Stack]:
    """The stack with a bucket that forgets nothing by itself."""
    client = stack.bucket.client()
    configuration = {"Status": "Enabled"}
    client.put_bucket_versioning(Bucket=stack.bucket.name, VersioningConfiguration=configuration)
    yield stack
    client.put_bucket_versioning(
        Bucket=stack.bucket.name, VersioningConfiguration={"Status": "Suspended"}
    )


def applied(stack: Stack, someone: SampleApplicant, email: str) -> str:
    """The page of an application that was sent now from this address."""
    return Browser(stack.site_url).apply(
        "backend-engineer", dataclasses.replace(someone, email=email)
    )


def statuses(stack: Stack, page_url: str) -> dict[str, str]:
    found = Browser(stack.site_url).progress(page_url)
    return {step["name"]: step["status"] for step in found["steps"]}


def letters(stack: Stack, text: str, to: str) -> list[str]:
    """The subjects of the letters to somebody with this in the subject, the oldest first."""
    found = (one for one in stack.inbox.messages() if one["to"] == [to])
    subjects = (one["subject"] for one in sorted(found, key=lambda one: one["id"]))
    return [subject for subject in subjects if text in subject]


def version_ids(stack: Stack, prefix: str) -> list[str]:
    answer = stack.bucket.client().list_object_versions(Bucket=stack.bucket.name, Prefix=prefix)
    found = (*answer.get("Versions", ()), *answer.get("DeleteMarkers", ()))
    return [item["VersionId"] for item in found]


def newest_shelf(stack: Stack) -> str:
    """Below which the objects of the newest application lie."""
    answer = stack.bucket.client().list_objects_v2(Bucket=stack.bucket.name)
    newest = max(answer["Contents"], key=lambda item: item["LastModified"])
    return newest["Key"].rpartition("/")[0] + "/"


def test_who_withdraws_while_mail_waits_is_told_of_once_and_never_applied_for(
    failing, someone, page
):
    failing.inbox.fail(Faults(refuse_connections=True))
    address = applied(failing, someone, "withdrawn@example.org")
    wait_for(lambda: statuses(failing, address)["email_hr"] == "retry", limit=60)
    page.goto(address)
    reference = page.locator(".receipt__reference").inner_text()
    page.get_by_role("link", name="Withdraw this application").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator("#timeline .lead")).to_have_text(WITHDRAWN)
    failing.inbox.fail(Faults())
    confirmed = page.locator("#timeline").get_by_text(
        "Your confirmation is on its way to your mailbox."
    )
    expect(confirmed).to_be_visible(timeout=60_000)
    told = page.locator("#timeline").get_by_text(
        "Our hiring team has been mailed that you have withdrawn."
    )
    expect(told).to_be_visible(timeout=60_000)
    assert statuses(failing, address) == {
        "render_dossier": "success",
        "store_dossier": "success",
        "email_hr": "cancelled",
        "email_applicant": "cancelled",
    }
    subjects = letters(failing, reference, HR)
    assert [subject.partition(":")[0] for subject in subjects] == ["Withdrawn"]
    assert len(letters(failing, reference, "withdrawn@example.org")) == 1


def test_who_is_erased_gets_one_last_letter_and_nothing_of_them_is_left(versioned, someone, page):
    email = "erased@example.org"
    address = applied(versioned, someone, email)
    wait_for(lambda: set(statuses(versioned, address).values()) == {"success"}, limit=60)
    shelf = newest_shelf(versioned)
    versioned.bucket.client().put_object(
        Bucket=versioned.bucket.name, Key=f"{shelf}dossier.pdf", Body=b"a newer version"
    )
    assert len(version_ids(versioned, shelf)) == 4
    page.goto(address)
    reference = page.locator(".receipt__reference").inner_text()
    page.get_by_role("link", name="Delete my data").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator("#timeline .lead")).to_have_text(ERASED, timeout=60_000)

    assert version_ids(versioned, shelf) == []
    shown = page.locator("main").inner_text()
    assert re.search(r"Files in the object store\s+3\s+All their versions\s+4", shown)
    assert [word for word in (someone.full_name, email, reference) if word in shown] == []
    assert letters(versioned, "", email)[-1] == f"Your data is erased ({reference})"
    assert len(letters(versioned, "erased", email)) == 1
    assert len(letters(versioned, f"Please delete: application {reference}", HR)) == 1


def test_an_erasure_whose_worker_is_killed_goes_on_with_one_receipt(failing, someone, page):
    email = "killed@example.org"
    address = applied(failing, someone, email)
    wait_for(lambda: set(statuses(failing, address).values()) == {"success"}, limit=60)
    shelf = newest_shelf(failing)
    failing.inbox.fail(Faults(refuse_connections=True))
    page.goto(f"{address}erase/")
    page.get_by_role("button", name="Delete everything").click()
    waiting = page.locator("#timeline").get_by_text("Your mailbox could not be reached yet.")
    expect(waiting).to_be_visible(timeout=60_000)
    failing["deliver"].kill(signal.SIGKILL)
    failing.inbox.fail(Faults())
    expect(page.locator("#timeline .lead")).to_have_text(ERASED, timeout=90_000)
    assert version_ids(failing, shelf) == []
    assert len(letters(failing, "Your data is erased", email)) == 1


def test_flower_shows_each_step_of_an_erasure_and_nobodys_address(stack):
    assert {task["name"] for task in tasks_of(stack, "erasure").values()} == {
        "erasure.erase_records",
        "erasure.erase_objects",
        "erasure.email_hr",
        "erasure.email_applicant",
        "erasure.forget_address",
    }
    assert "@example.org" not in json.dumps(ask_flower(stack, "tasks"))
