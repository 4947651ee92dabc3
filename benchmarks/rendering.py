"""Drawing the dossier: the product's way beside WeasyPrint's plain one."""

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader
from weasyprint import HTML

from applications import dossier
from applications.dossier.composing import compose
from applications.dossier.photo import printed
from applications.models import Application
from applications.palette import palette
from benchmarks import applicant, batches, cpu
from benchmarks.figures import Comparison, Figure, Finding, Target, by_turns
from benchmarks.processes import fresh_process
from benchmarks.report import Section

_WARM_UP = 10

NOTE = """\
One process, warm, CPU milliseconds for each document, by turns. The product's `dossier.render`
is timed whole: its queries, the photo scaled to its printed size, the template, the tagged PDF.
Beside it stands `HTML(string=...).write_pdf(pdf_variant="pdf/ua-1")` and nothing more: first with
the very HTML that the product makes, the photo scaled already and the stylesheet inside, then
with the photo as it was uploaded. Memory is what a process holds after the documents less what
it held after ten of them."""


def measure(*, rounds: int, documents: int, plain_documents: int) -> Section:
    """``rounds`` of each way, then growth over so many documents."""
    (application,) = batches.accept(1)
    batches.wait_until_done("apply_now", [application.pk])
    subject = str(application.pk)
    ours, same, textbook = fresh_process(_milliseconds, subject, rounds)
    findings: list[Finding] = [
        _comparison("the same HTML", ours, same, Target.at_most(0.6)),
        _comparison("the photo as uploaded", ours, textbook, None),
        Figure(
            name=f"Memory that each of {documents} documents adds",
            unit="KiB",
            figure=fresh_process(_growth, subject, documents),
            target=Target.below(2),
        ),
        Figure(
            name=f"The same for each of {plain_documents}, plain",
            unit="KiB",
            figure=fresh_process(_plain_growth, subject, plain_documents),
        ),
    ]
    return Section("Rendering a dossier of two pages with a photo", NOTE, findings)


def _comparison(
    beside: str, ours: list[float], others: list[float], target: Target | None
) -> Comparison:
    return Comparison(
        name=f"Render, plain with {beside}",
        unit="ms CPU",
        ours=ours,
        others=others,
        beside="plain",
        target=target,
    )


def _milliseconds(application_id: str, rounds: int) -> list[list[float]]:
    ways = _ways(application_id)
    if len({_form(way()) for way in ways}) != 1:
        raise RuntimeError("The ways lead to different documents: nothing is compared.")
    by_turns(_WARM_UP, *(partial(_clocked, way) for way in ways))
    return by_turns(rounds, *(partial(_clocked, way) for way in ways))


def _growth(application_id: str, documents: int) -> float:
    return _kib_for_each(documents, _ways(application_id)[0])


def _plain_growth(application_id: str, documents: int) -> float:
    return _kib_for_each(documents, _ways(application_id)[1])


def _kib_for_each(documents: int, way: Callable[[], bytes]) -> float:
    for _document in range(_WARM_UP):
        way()
    before = cpu.resident_kib()
    for _document in range(documents):
        way()
    return (cpu.resident_kib() - before) / documents


Way = Callable[[], bytes]


def _ways(application_id: str) -> tuple[Way, Way, Way]:
    """The product's, plain with the same HTML, plain with the photo as it was uploaded."""
    application = Application.objects.select_related("job").get(pk=application_id)
    photo = applicant.photo()
    return (
        lambda: dossier.render(Application.objects.get(pk=application_id), photo=photo),
        partial(_plain, _page(application, printed(photo))),
        partial(_plain, _page(application, photo)),
    )


def _page(application: Application, portrait: bytes) -> str:
    """The dossier's HTML, with its stylesheet inside."""
    content = compose(application, portrait=portrait, remarks={})
    page = render_to_string("dossier/dossier.html", {"dossier": content})
    tones = {"accent": palette(content.colour).light}
    style = f"<style>{render_to_string('dossier/dossier.css', tones)}</style>"
    return page.replace("</head>", f"{style}</head>")


def _plain(page: str) -> bytes:
    content: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return content


def _clocked(way: Way) -> float:
    began = time.process_time()
    way()
    return 1000 * (time.process_time() - began)


def _form(content: bytes) -> tuple[int, bool]:
    """How many pages, and whether it is tagged."""
    reader = PdfReader(BytesIO(content))
    catalog: Any = reader.trailer["/Root"]
    return len(reader.pages), bool(catalog["/MarkInfo"]["/Marked"])
