"""Drawing the dossier: the product's way beside WeasyPrint's plain one, and beside others."""

import gc
from collections.abc import Callable, Sequence

from benchmarks import batches, cpu, ways
from benchmarks.figures import Comparison, Figure, Finding, Target, by_turns
from benchmarks.processes import fresh_process
from benchmarks.report import Section
from benchmarks.rivals import ready
from benchmarks.ways import Way

_WARM_UP = 10
# By then the collector has been round, and memory is as large as its rounds need it.
_SETTLED = 100

NOTE = """\
CPU milliseconds for each document, warm, by turns in one process, garbage collected off the clock.
The product's `dossier.render` is timed whole: its queries, the photo scaled to its printed size,
the template, the tagged PDF. Beside it stands `HTML(string=...).write_pdf(pdf_variant="pdf/ua-1")`
and nothing more: first with the very HTML that the product makes, the photo scaled already and the
stylesheet inside, then with the photo as it was uploaded. The others are given the same words and
the scaled photo: Chromium prints that HTML, without its running lines, from a tab that stays open
(with its driver, exact to 10 ms); Typst and ReportLab set pages of much the same look, ReportLab
without tags. Memory is what a process holds after the documents less what it held after a hundred
before them, with nothing left to collect."""


def measure(*, rounds: int, documents: int, plain_documents: int) -> Section:
    """``rounds`` of each way, then growth over so many documents."""
    (application,) = batches.accept(1)
    batches.wait_until_done("apply_now", [application.pk])
    subject = str(application.pk)
    findings: list[Finding] = [
        *fresh_process(_comparisons, subject, rounds),
        Figure(
            name=f"Memory that each of {documents:,} documents adds",
            unit="KiB",
            figure=fresh_process(_growth, ways.ours, subject, documents),
            target=Target.below(2),
        ),
        Figure(
            name=f"The same for each of {plain_documents:,}, plain",
            unit="KiB",
            figure=fresh_process(_growth, ways.plain, subject, plain_documents),
        ),
    ]
    return Section("Rendering a dossier of two pages with a photo", NOTE, findings)


def _comparisons(application_id: str, rounds: int) -> list[Comparison]:
    plain, textbook = "plain with the same HTML", "plain with the photo as uploaded"
    with ready.rivals(application_id) as rivals:
        others = {
            plain: ways.plain(application_id),
            textbook: ways.textbook(application_id),
            **rivals,
        }
        own, *measured = _milliseconds([ways.ours(application_id), *others.values()], rounds)
    return [
        Comparison(
            name=f"Render, {name}",
            unit="ms CPU",
            ours=own,
            others=values,
            beside="it" if name in rivals else "plain",
            target=Target.at_most(0.6) if name == plain else None,
        )
        for name, values in zip(others, measured, strict=True)
    ]


def _milliseconds(compared: Sequence[Way], rounds: int) -> list[list[float]]:
    measures = [way.milliseconds for way in compared]
    for way in compared:
        way.check()
    by_turns(_WARM_UP, *measures)
    return by_turns(rounds, *measures)


def _growth(way_of: Callable[[str], Way], application_id: str, documents: int) -> float:
    """KiB for each document."""
    way = way_of(application_id)
    before = _held_after(_SETTLED, way)
    return (_held_after(documents, way) - before) / documents


def _held_after(documents: int, way: Way) -> float:
    for _document in range(documents):
        way.draw()
    gc.collect()
    return cpu.resident_kib()
