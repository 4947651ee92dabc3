"""What the load test prints."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil, inf

from rich.table import Table
from rich.text import Text

from tests.faults.counting import Verdict
from tests.faults.site import Answer

_OK = (200, 204)


def table(verdict: Verdict, pages: Sequence[Answer]) -> Table:
    """For the terminal."""
    shown = Table(title=f"{verdict.asked} applications in a burst", title_justify="left")
    shown.add_column()
    shown.add_column(justify="right")
    shown.add_column("must be", justify="right")
    shown.add_column()
    for name, value, bar, sign in (*_counts(verdict, pages), *_times(verdict, pages)):
        style = "bold red" if sign == "missed" else "green"
        shown.add_row(Text(name), value, bar, Text(sign, style=style))
    return shown


def misses(verdict: Verdict, pages: Sequence[Answer]) -> list[str]:
    """The names of the counts that are not what they must be."""
    return [name for name, _value, _bar, sign in _counts(verdict, pages) if sign == "missed"]


def _counts(verdict: Verdict, pages: Sequence[Answer]) -> Iterator[tuple[str, str, str, str]]:
    yield _count("accepted", verdict.accepted, verdict.asked)
    yield _count("lost", verdict.lost, 0)
    yield _count("letters that came twice", verdict.doubled, 0)
    yield _count("applications that are there twice", verdict.doubled_rows, 0)
    yield _count("answered 500", verdict.answered(500), 0)
    yield _count("pages without an answer", sum(each.status not in _OK for each in pages), 0)


def _count(name: str, found: int, bar: int) -> tuple[str, str, str, str]:
    return name, str(found), str(bar), "holds" if found == bar else "missed"


def _times(verdict: Verdict, pages: Sequence[Answer]) -> Iterator[tuple[str, str, str, str]]:
    yield "POST p50", _milliseconds(verdict.percentile(0.5)), "", ""
    yield "POST p95", _milliseconds(verdict.percentile(0.95)), "", ""
    yield "page p95", _milliseconds(_p95(pages)), "", ""
    yield "pages asked for", str(len(pages)), "", ""
    backlog, seconds = drain(verdict)
    yield "backlog after the last POST", str(backlog), "", ""
    yield "backlog drained in", f"{seconds:.1f} s", "", ""


def drain(verdict: Verdict) -> tuple[int, float]:
    """How many were unfinished when the last was accepted, and seconds until the last was done."""
    last = max((fate.accepted.at for fate in verdict.fates), default=0.0)
    ends = [_end(fate.page) for fate in verdict.fates]
    left = [end - last for end in ends if end > last]
    return len(left), max(left, default=0.0)


def _end(page: dict[str, list[dict[str, str]]]) -> float:
    """When its last step ended, in seconds since 1970; never, if one has not."""
    ends = [step["finished_at"] for step in page["steps"]]
    return max(datetime.fromisoformat(end).timestamp() for end in ends) if all(ends) else inf


def _p95(answers: Sequence[Answer]) -> float:
    seconds = sorted(each.seconds for each in answers if each.status in _OK)
    return seconds[ceil(0.95 * len(seconds)) - 1] if seconds else inf


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
