"""All of them, ready to be measured."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from applications.dossier.photo import printed
from benchmarks import applicant
from benchmarks.rivals import chromium, reportlab, typst
from benchmarks.ways import Way, content_of, page_of


@contextmanager
def rivals(application_id: str) -> Iterator[dict[str, Way]]:
    """Other programs, by their names; they live as long as the block."""
    portrait = printed(applicant.photo())
    content = content_of(application_id, portrait)
    with ExitStack() as stack:
        tab = stack.enter_context(chromium.ready(page_of(content)))
        compiled = stack.enter_context(typst.ready(content, portrait))
        built = stack.enter_context(reportlab.ready(content, portrait))
        yield {
            "headless Chromium": Way(tab, clock=chromium.cpu_seconds),
            "Typst": Way(compiled),
            "ReportLab": Way(built, is_tagged=False),
        }
