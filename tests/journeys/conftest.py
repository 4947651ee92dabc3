"""The whole system, real: servers, processes, a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from django_celery.local import staff
from django_celery.local.inbox.faults import Faults
from django_celery.local.sample import SampleApplicant, sample_applicant
from django_celery.local.stack import Engine, Stack

# A developer's own .env is not to change what is tested.
SETTINGS = {
    "SITE_NAME": "Northwind Studio",
    "HR_EMAIL": "hr@example.com",
    "APPLY_RATE_PER_IP": "0",
    "APPLY_RATE_PER_EMAIL": "0",
    "APPLY_POW_AFTER": "0",
    "APPLY_RECEIPTS_PER_EMAIL": "0",
}


# Not for the whole session: while Playwright runs, Django refuses to touch a database here.
@pytest.fixture(scope="package")
def stack(tmp_path_factory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    # make run's own journey has SQLite.
    with Stack(folder, settings=SETTINGS, engine=Engine.POSTGRESQL) as stack:
        staff.seed(stack)
        yield stack


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser, stack) -> Iterator[Page]:
    """A tab without a past. What goes wrong in the page's own console is an error."""
    context = browser.new_context(base_url=stack.site_url, locale="en-GB")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def failing(stack) -> Iterator[Stack]:
    """The stack, whose mail server is made well again after the test."""
    yield stack
    stack.inbox.fail(Faults())


@pytest.fixture(scope="module")
def someone() -> SampleApplicant:
    return sample_applicant()
