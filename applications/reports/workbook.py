"""The weekly report as a workbook, with charts that a spreadsheet draws itself."""

from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from applications.reports.figures import Figures

_ACCENT = "#0b5d4e"
_HOUR = timedelta(hours=1)
_TITLE_WIDTH, _WIDTH = 38, 13

Cells = Sequence[str | int | float]


def write_workbook(file: IO[bytes], figures: Figures) -> None:
    """Five sheets, written row by row: no more than a row is in memory. Equal figures, equal bytes.

    Whatever people typed is written as text, never as a formula. The sheets' names are English in
    every language: a spreadsheet refuses some characters there, and names that are long.
    """
    with Workbook(file, {"constant_memory": True}) as book:
        # The time of making would make each writing another file.
        book.set_properties({"created": figures.week.end.astimezone(UTC).replace(tzinfo=None)})
        _applications(book, figures)
        _funnel(book, figures)
        _sheet(
            book,
            "Time in stage",
            (_("Left"), _("Applications"), _("Mean, h"), _("Longest, h")),
            _stays(figures),
        )
        _sheet(
            book,
            "Delivery",
            (_("From Apply Now to HR's letter"), _("Letters")),
            _delivery(figures),
        )
        headings = (_("Step"), _("Failed"), _("Worker died"), _("Tried again"))
        troubles = ((t.task, t.failed, t.died, t.tried_again) for t in figures.troubles)
        _sheet(book, "Failures", headings, troubles)


def _applications(book: Workbook, figures: Figures) -> None:
    weeks = [week.name for week in figures.week.shown]
    rows: list[Cells] = [
        (_("All positions"), *figures.totals, sum(figures.totals)),
        (_("of these erased since"), *figures.erased, figures.erased_total),
    ]
    rows += [(job.title, *job.counts, job.total) for job in figures.jobs]
    sheet = _sheet(book, "Applications", (_("Position"), *weeks, _("Total")), rows)
    last = len(weeks)
    series = {
        "categories": ["Applications", 0, 1, 0, last],
        "values": ["Applications", 1, 1, 1, last],
    }
    _chart(book, sheet, "column", series, title=_("Applications per week"), column=last + 3)


def _funnel(book: Workbook, figures: Figures) -> None:
    rows = (*figures.funnel, *figures.left)
    sheet = _sheet(book, "Funnel", (_("Came as far as"), _("Applications")), rows)
    last = len(figures.funnel)
    series = {"categories": ["Funnel", 1, 0, last, 0], "values": ["Funnel", 1, 1, last, 1]}
    _chart(book, sheet, "bar", series, title=_("Funnel"), column=3)


def _stays(figures: Figures) -> Iterable[Cells]:
    for stay in figures.stays:
        yield stay.stage, stay.count, _hours(stay.mean), _hours(stay.longest)


def _delivery(figures: Figures) -> Iterable[Cells]:
    delivery = figures.delivery
    yield _("letters sent"), delivery.sent
    yield from delivery.steps
    yield _("not sent yet"), delivery.missing
    if delivery.mean is not None and delivery.slowest is not None:
        yield _("mean, s"), round(delivery.mean.total_seconds(), 1)
        yield _("slowest, s"), round(delivery.slowest.total_seconds(), 1)


def _hours(span: timedelta) -> float:
    return round(span / _HOUR, 1)


def _sheet(book: Workbook, name: str, headings: Cells, rows: Iterable[Cells]) -> Worksheet:
    """A sheet with its headings and rows; where there are none it says so."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, _TITLE_WIDTH)
    sheet.set_column(1, len(headings), _WIDTH)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True, "font_color": _ACCENT, "bottom": 1})
    _row(sheet, 0, headings, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        _row(sheet, number, row)
    if not number:
        _row(sheet, 1, (_("Nothing in this week."),))
    return sheet


def _row(sheet: Worksheet, number: int, cells: Cells, style: Any = None) -> None:
    for column, cell in enumerate(cells):
        write = sheet.write_string if isinstance(cell, str) else sheet.write_number
        write(number, column, cell, style)


def _chart(
    book: Workbook, sheet: Worksheet, kind: str, series: dict[str, Any], *, title: str, column: int
) -> None:
    chart = book.add_chart({"type": kind})
    chart.add_series(
        {**series, "fill": {"color": _ACCENT}, "gap": 60, "data_labels": {"value": True}}
    )
    chart.set_title({"name": title})
    chart.set_legend({"none": True})
    # A funnel is read from the top.
    chart.set_y_axis({"reverse": kind == "bar", "major_gridlines": {"visible": False}})
    sheet.insert_chart(1, column, chart)
