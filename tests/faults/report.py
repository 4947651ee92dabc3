"""The table, for the terminal and as Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from tests.faults.counting import Verdict
from tests.faults.load import ACCEPTED
from tests.faults.row import Result

_HEADINGS = (
    "fault",
    "it met",
    "applications",
    "textbook: lost / twice",
    "ours: lost / twice",
    "bar",
    "other answers",
    "POST p50 / p95",
    "on again after",
    "",
)
_STYLES = {"holds": "green", "missed": "bold red"}
_OK = 200


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
are of 200 applications. Every row is held to more than its bar says: everybody is accepted and is
there once, no request has another answer than the fault itself gives, somebody has felt the fault,
and in the end Flower shows of every attempt what the pages say. "On again" is how long the
longest-waiting step took to go on after a worker's death, or the first one after an outage.

{lines}
"""


def line(result: Result) -> str:
    """One row as soon as it is known."""
    verdict = result.outcome.verdict
    return (
        f"{result.row.title}: {_sign(result)}; {verdict.completed} of {verdict.asked} complete, "
        f"{verdict.doubled} twice; {'; '.join(_remarks(result))}"
    )


def _cells(result: Result) -> tuple[str, ...]:
    outcome = result.outcome
    return (
        result.row.title,
        result.met,
        str(outcome.verdict.accepted),
        result.row.textbook,
        _counts(result),
        ", ".join(bar.text for bar in result.row.all_bars if bar.text),
        _other_answers(outcome.verdict),
        _speed(outcome.verdict),
        f"{result.recovery[-1]:.1f} s" if result.recovery else "",
        _sign(result),
    )


def _counts(result: Result) -> str:
    """Lost and twice; and who is not complete, where that is as it should be."""
    outcome = result.outcome
    counts = f"{len(outcome.lost)} / {outcome.verdict.doubled}"
    if not outcome.incomplete:
        return counts
    return f"{counts}, {outcome.incomplete} not complete, as it should be"


def _sign(result: Result) -> str:
    missed = (*result.misses, *result.late)
    return f"missed: {', '.join(missed)}" if missed else "holds"


def _remarks(result: Result) -> Iterator[str]:
    yield result.met
    yield f"POST {_speed(result.outcome.verdict)}"
    if result.recovery:
        yield f"on again after {result.recovery[-1]:.1f} s"
    if other := _other_answers(result.outcome.verdict):
        yield f"answers: {other}"
    yield from result.notes


def _other_answers(verdict: Verdict) -> str:
    """Those that a healthy site does not give."""
    counted = Counter(each.status for each in verdict.answers)
    found = sorted(counted.items())
    return ", ".join(
        f"{number} x {status or 'none'}"
        for status, number in found
        if status not in {_OK, ACCEPTED}
    )


def _speed(verdict: Verdict) -> str:
    p50, p95 = (1000 * verdict.percentile(share) for share in (0.5, 0.95))
    return f"{p50:.0f} / {p95:.0f} ms"
