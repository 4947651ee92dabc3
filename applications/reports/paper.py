"""The weekly report as a PDF of a page or two, with charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from applications import branding, dossier
from applications.palette import palette
from applications.reports.figures import Figures

# More positions than that stand in the workbook alone.
_NAMED = 12
# Of the charts, in millimetres.
_HEIGHT, _WIDTH, _PITCH = 34, 70, 15.5


@dataclass(frozen=True, slots=True)
class Bar:
    """``length`` and ``place`` in millimetres, as SVG takes them."""

    label: str
    number: int
    length: str
    place: str


def draw(figures: Figures) -> bytes:
    """The report as PDF/UA. The same figures and brand give the same bytes."""
    brand = branding.current()
    context = {
        "figures": figures,
        "company": str(brand),
        "accent": palette(brand.colour).light,
        "weeks": _bars(
            [(w.name[-3:], n) for w, n in zip(figures.week.shown, figures.totals, strict=True)],
            _HEIGHT,
        ),
        "funnel": _bars(figures.funnel, _WIDTH),
        "jobs": figures.jobs[:_NAMED],
        "more": max(len(figures.jobs) - _NAMED, 0),
    }
    return dossier.typeset(
        render_to_string("reports/weekly.html", context),
        style="reports/weekly.css",
        colour=brand.colour,
        identifier=figures.week.name,
    )


def _bars(numbers: Sequence[tuple[str, int]], longest: int) -> tuple[Bar, ...]:
    most = max((number for _label, number in numbers), default=0) or 1
    return tuple(
        Bar(label, number, f"{number / most * longest:.2f}", f"{place * _PITCH:.2f}")
        for place, (label, number) in enumerate(numbers)
    )
