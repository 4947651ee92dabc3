"""The table, for the terminal and as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table
from rich.text import Text

from benchmarks.figures import Comparison, Figure, Finding, Target
from benchmarks.machine import Machine

_HOW_TO_READ = """\
Ratios count, seconds do not: both sides ran by turns on the same parts. A ratio is the median of
the rounds' ratios, the spread their lowest and highest."""

_HEADINGS = ("", "ours", "beside it", "ratio", "spread", "target", "")
_RIGHT = frozenset({1, 2, 3, 4, 5})
_SIGNS = {True: "met", False: "missed", None: ""}
_STYLES = {"met": "green", "missed": "bold red"}


@dataclass(frozen=True, slots=True)
class Section:
    """One measurement: what was compared with what, and what came out."""

    title: str
    note: str
    findings: Sequence[Finding]


def table(sections: Iterable[Section], machine: Machine) -> Table:
    """For the terminal."""
    shown = Table(title="Benchmarks", caption=str(machine), title_justify="left")
    for number, heading in enumerate(_HEADINGS):
        shown.add_column(heading, justify="right" if number in _RIGHT else "left")
    for section in sections:
        shown.add_section()
        shown.add_row(Text(section.title, style="bold"))
        for finding in section.findings:
            *cells, sign = _cells(finding)
            shown.add_row(*cells, Text(sign, style=_STYLES.get(sign, "")))
    return shown


def markdown(sections: Iterable[Section], machine: Machine, *, when: str) -> str:
    """The same for a file; ``when`` is the day."""
    parts = [
        "# Benchmarks",
        f"Written by `make bench` on {when}: {machine}.",
        _busy(machine),
        _HOW_TO_READ,
        *(_part(section) for section in sections),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _busy(machine: Machine) -> str:
    if not machine.is_busy:
        return ""
    return "**The machine was busy with other things: look at the spread before the ratio.**"


def _part(section: Section) -> str:
    rows = [_HEADINGS, tuple("---:" if n in _RIGHT else "---" for n in range(len(_HEADINGS)))]
    rows += [_cells(finding) for finding in section.findings]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {section.title}\n\n{section.note}\n\n{lines}"


def _cells(finding: Finding) -> tuple[str, ...]:
    sign = _SIGNS[_verdict(finding.target, finding.figure)]
    target = str(finding.target or "")
    if isinstance(finding, Figure):
        return (finding.name, _amount(finding.figure, finding.unit), "", "", "", target, sign)
    return (
        finding.name,
        _amount(median(finding.ours), finding.unit),
        f"{finding.beside}: {_amount(median(finding.others), finding.unit)}",
        f"{finding.figure:.2f}",
        _spread(finding),
        target,
        sign,
    )


def _spread(finding: Comparison) -> str:
    """Of one round there is none."""
    low, high = finding.spread
    return f"{low:.2f} to {high:.2f}" if len(finding.ours) > 1 else ""


def _verdict(target: Target | None, figure: float) -> bool | None:
    return target.is_met_by(figure) if target else None


def _amount(value: float, unit: str) -> str:
    """With as many digits as mean something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004
    return f"{value:.{digits}f} {unit}".rstrip()
