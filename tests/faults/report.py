"""The table, for the terminal and as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from tests.faults.counting import Verdict
from tests.faults.trial import Result

_HEADINGS = (
    "fault",
    "applications",
    "textbook: lost / twice",
    "ours: lost / twice",
    "bar",
    "500 / 503",
    "POST p50 / p95",
    "on again after",
    "",
)
_STYLES = {"holds": "green", "missed": "bold red"}


def table(results: Iterable[Result]) -> Table:
    """For the terminal."""
    shown = Table()
    for heading in _HEADINGS:
        shown.add_column(heading)
    for result in results:
        *cells, sign = _cells(result)
        shown.add_row(*cells, Text(sign, style=_STYLES[sign.partition(":")[0]]))
    return shown


def markdown(results: Sequence[Result], *, machine: str, when: str) -> str:
    """The same for a file."""
    rows = [_HEADINGS, ("---",) * len(_HEADINGS), *map(_cells, results)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"""\
# Faults

Written by `make faults` on {when}: {machine}, real servers, real signals. The textbook's figures
are of 200 applications. "On again" is, after a kill, how long the longest-waiting step took to run
elsewhere (bar 30 s); after an outage, how long until the first waiting step ran (bar 15 s).

{lines}
"""


def line(result: Result) -> str:
    """One row as soon as it is known."""
    verdict = result.verdict
    return (
        f"{result.row.title}: {_sign(result)}; {verdict.completed} of {verdict.asked} complete, "
        f"{verdict.doubled} twice; {'; '.join(_remarks(result))}"
    )


def _cells(result: Result) -> tuple[str, ...]:
    verdict = result.verdict
    return (
        result.row.title,
        str(verdict.accepted),
        result.row.textbook,
        f"{verdict.lost} / {verdict.doubled}",
        result.row.bar_text,
        f"{verdict.answered(500)} / {verdict.answered(503)}",
        _speed(verdict),
        f"{result.recovery:.1f} s" if result.recovery is not None else "",
        _sign(result),
    )


def _sign(result: Result) -> str:
    missed = (*result.misses, *result.late)
    return f"missed: {', '.join(missed)}" if missed else "holds"


def _remarks(result: Result) -> Iterator[str]:
    verdict = result.verdict
    yield f"POST {_speed(verdict)}"
    if result.recovery is not None:
        yield f"on again after {result.recovery:.1f} s"
    for status, name in ((500, "answered 500"), (503, "answered 503"), (0, "connections lost")):
        if number := verdict.answered(status):
            yield f"{number} {name}"
    yield from result.notes


def _speed(verdict: Verdict) -> str:
    p50, p95 = (1000 * verdict.percentile(share) for share in (0.5, 0.95))
    return f"{p50:.0f} / {p95:.0f} ms"
