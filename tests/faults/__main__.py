"""``python -m tests.faults``: break everything in turn, show the table, keep it in latest.md."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from math import ceil
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.faults import report
from tests.faults.rows import ALL
from tests.faults.system import System
from tests.faults.trial import Result, Row, carry_out

LATEST = Path(__file__).with_name("latest.md")


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
    results = _carry_out_all(rows, arguments.applications, console)
    console.print(report.table(results))
    if len(rows) == len(ALL):
        LATEST.write_text(
            report.markdown(
                results,
                machine=f"{os.cpu_count()} cores",
                when=f"{datetime.now(UTC):%Y-%m-%d}",
            )
        )
        console.print(f"Written to {LATEST}.")
    return int(any(result.misses or result.late for result in results))


def _carry_out_all(rows: Iterable[Row], applications: int, console: Console) -> Sequence[Result]:
    """All rows of an engine on one system, one after the other."""
    results: dict[str, Result] = {}
    by_engine = attrgetter("engine.value")
    for _engine, group in groupby(sorted(rows, key=by_engine), key=by_engine):
        group_rows = list(group)
        with (
            TemporaryDirectory(prefix="faults-") as folder,
            System(Path(folder), engine=group_rows[0].engine) as system,
        ):
            for row in group_rows:
                result = carry_out(row, system, applications=ceil(row.share * applications))
                results[row.title] = result
                console.print(f"{datetime.now(UTC):%H:%M:%S} {report.line(result)}", markup=False)
    return [results[row.title] for row in rows]


if __name__ == "__main__":
    sys.exit(main())
