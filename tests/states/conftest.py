"""One browser, and a company to look at."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import sync_playwright

from tests.states import world

PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
# A browser says so itself when a page is answered with an error, or a connection breaks.
_EXPECTED = ("Failed to load resource: the server responded with a status of", "net::ERR_FAILED")


@pytest.fixture(scope="package")
def chromium():
    # Playwright's own loop runs in this thread; the database is asked beside it, never in it.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def company(live_server, settings):
    """Its address. The site has addresses for the pages about faults, too."""
    settings.ROOT_URLCONF = "tests.states.urls"
    settings.SITE_URL = live_server.url
    settings.APPLY_POW_AFTER = 2
    world.furnish()
    return live_server.url


@pytest.fixture
def visit(chromium, company):
    """A tab of its own, led to a state.

    What the tab's console complains of is an error, and so are a violation of the page's policy
    and anything that it asks of another site.
    """
    contexts, complaints = [], []

    def go(state, **options):
        context = chromium.new_context(base_url=company, **{"viewport": PHONE, **options})
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, company, complaints)
        answers = []
        page.on("response", lambda response: answers.append(response.status))
        state.reach(page)
        assert state.status in answers
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def desk(chromium, company, client):
    """A tab of somebody who may do everything."""
    complaints = []
    client.force_login(User.objects.create_superuser("admin"))
    context = chromium.new_context(base_url=company, viewport=DESKTOP)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": company}])
    context.set_default_timeout(20_000)
    page = context.new_page()
    watch(page, company, complaints)
    yield page
    context.close()
    assert complaints == []


def watch(page, origin, complaints):
    """Note what a page does that it should not."""

    def say(line):
        if line.type == "error" and not any(each in line.text for each in _EXPECTED):
            complaints.append(line.text)

    def ask(request):
        is_far = request.url.startswith(("http", "ws")) and not request.url.startswith(origin)
        if is_far:
            complaints.append(request.url)

    page.add_init_script(
        "addEventListener('securitypolicyviolation', event =>"
        " console.error('Policy:', event.effectiveDirective, event.blockedURI))"
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", say)
    page.on("request", ask)
