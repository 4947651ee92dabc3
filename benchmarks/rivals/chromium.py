"""Headless Chromium, driven by Playwright.

It gets the page that WeasyPrint gets. Running elements are WeasyPrint's own, so its pages do
without their running lines. https://playwright.dev/python/docs/api/class-page#page-pdf
"""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks import cpu

_NO_RUNNING_LINES = "<style>.running { display: none }</style></head>"


@contextmanager
def ready(page: str) -> Iterator[Callable[[], bytes]]:
    """Prints it, tagged, from one tab that stays open.

    In a thread of its own: Playwright runs an event loop, beside which Django refuses to query.
    """
    shown = page.replace("</head>", _NO_RUNNING_LINES)
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        try:
            tab = thread.submit(_tab, playwright).result()
            yield lambda: thread.submit(_printed, tab, shown).result()
        finally:
            thread.submit(playwright.stop).result()


def cpu_seconds() -> float:
    """What the browser, its driver and this process have used so far."""
    return cpu.of_processes([os.getpid(), *cpu.descendants(os.getpid())])


def _tab(playwright: Playwright) -> Page:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    return browser.new_page()


def _printed(tab: Page, page: str) -> bytes:
    tab.set_content(page)
    return tab.pdf(prefer_css_page_size=True, tagged=True)
