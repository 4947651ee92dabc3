"""``python -m tests.faults``: break everything in turn, show the table, keep it in latest.md."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from math import ceil
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from django_celery.local.stack import Engine
from tests.faults import report
from tests.faults.row import Result, Row, carry_out, recount
from tests.faults.rows import ALL
from tests.faults.system import System

LATEST = Path(__file__).with_name("latest.md")

Results = dict[str, Result]
"""By the titles of their rows."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--applications", type=int, default=200, help="for each row")
    parser.add_argument(
        "--only", nargs="+", default=[""], help="rows with one of these in the title"
    )
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    console = Console()
    rows = [row for row in ALL if any(part in row.title for part in arguments.only)]
    results: Results = {}
    try:
        _carry_out_all(rows, arguments.applications, results, console)
    finally:
        # What is known after an hour is worth keeping, whatever ends the run.
        known = [results[row.title] for row in rows if row.title in results]
        _show(known, console, is_kept=len(rows) == len(ALL))
    return int(any(result.misses or result.late for result in known))


def _carry_out_all(
    rows: Iterable[Row], applications: int, results: Results, console: Console
) -> None:
    for engine, group in _by_engine(rows):
        with (
            TemporaryDirectory(prefix="faults-") as folder,
            System(Path(folder), engine=engine) as system,
        ):
            for row in group:
                result = carry_out(row, system, applications=ceil(row.share * applications))
                results[row.title] = result
                console.print(f"{datetime.now(UTC):%H:%M:%S} {report.line(result)}", markup=False)
            done = [results[row.title] for row in group]
            results.update({result.row.title: result for result in recount(done, system)})


def _by_engine(rows: Iterable[Row]) -> Iterator[tuple[Engine, Sequence[Row]]]:
    """All rows of an engine share one system."""
    by_name = attrgetter("engine.value")
    for _name, group in groupby(sorted(rows, key=by_name), key=by_name):
        found = list(group)
        yield found[0].engine, found


def _show(results: Sequence[Result], console: Console, *, is_kept: bool) -> None:
    console.print(report.table(results))
    if is_kept:
        machine, when = f"{os.cpu_count()} cores", f"{datetime.now(UTC):%Y-%m-%d}"
        LATEST.write_text(report.markdown(results, machine=machine, when=when))
        console.print(f"Written to {LATEST}.")


if __name__ == "__main__":
    sys.exit(main())
