"""The schedules as lines of a crontab, for those who have cron and no Beat.

Only our own lines are written with python-crontab: it rewrites what it reads (it moves variables
and turns lines off that it does not understand), and other people's lines are none of our business.
"""

import shlex
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from crontab import CronSlices, CronTab

from pipelines.schedules import beat
from pipelines.schedules.cron import CronLine
from pipelines.schedules.registry import all_schedules

_BEGIN = "# >>> Schedules, written by `manage.py crontab install`. Put lines of your own above."
_END = "# <<< Schedules"


class CrontabUnavailable(Exception):
    """There is no program ``crontab``, or it refuses; the text tells people why."""


def block(command: Sequence[str]) -> list[str]:
    """Our lines, from mark to mark: one for each schedule that is switched on.

    ``command`` is the program that takes the schedule's name as its last argument. Each line is
    in its own time zone (CRON_TZ, crontab(5)); a cron that knows none rings at another time, and
    then the look each minute has begun it already.
    """
    lines = sorted(_lines_in_force(), key=lambda each: str(each[1].zone))
    body = [
        text
        for zone, group in groupby(lines, key=lambda each: str(each[1].zone))
        for text in (f"CRON_TZ={zone}", *_rendered(group, command))
    ]
    return [_BEGIN, *body, _END]


def _lines_in_force() -> Iterator[tuple[str, CronLine]]:
    for schedule in all_schedules():
        line = beat.line_of(schedule.name)
        if line is not None:
            yield schedule.name, line


def _rendered(lines: Iterable[tuple[str, CronLine]], command: Sequence[str]) -> list[str]:
    table = CronTab(tab="")
    for name, line in lines:
        # What it tells of its work is of no interest to whom cron would mail it; its errors are.
        job = table.new(f"{shlex.join([*command, name])} > /dev/null")
        job.setall(line.text if CronSlices.is_valid(line.text) else _in_numbers(line))
    return [str(job.render()) for job in table]


def _in_numbers(line: CronLine) -> str:
    """For a cron that has no such names as ``monday``."""
    fields = ((line.minutes, 60), (line.hours, 24), (line.days, 31), (line.months, 12))
    return " ".join(_in_number(*field) for field in (*fields, (line.weekdays, 7)))


def _in_number(values: frozenset[int], of: int) -> str:
    return "*" if len(values) == of else ",".join(map(str, sorted(values)))


def with_block(table: str, lines: Sequence[str]) -> str:
    """``table`` with our lines at its end, in the place of those it had."""
    rest = without_block(table)
    gap = [""] if rest.strip() else []
    return rest + "".join(f"{line}\n" for line in (*gap, *lines))


def without_block(table: str) -> str:
    """``table`` without our lines; every other line is as it was."""
    lines = iter(table.splitlines(keepends=True))
    kept: list[str] = []
    for line in lines:
        if line.strip() == _BEGIN:
            # What a torn block left without an end goes with it.
            for _ours in takewhile(lambda each: each.strip() != _END, lines):
                pass
            if kept and not kept[-1].strip():
                kept.pop()
        else:
            kept.append(line)
    return "".join(kept)


def read() -> str:
    """The user's crontab; empty if there is none. Raises CrontabUnavailable."""
    found = _crontab("-l")
    if found.returncode and "no crontab for" not in found.stderr:
        raise CrontabUnavailable(f"The crontab cannot be read: {found.stderr.strip()}")
    return "" if found.returncode else found.stdout


def write(table: str) -> None:
    """Raises CrontabUnavailable."""
    done = _crontab("-", table)
    if done.returncode:
        raise CrontabUnavailable(f"The crontab was not changed: {done.stderr.strip()}")


def _crontab(argument: str, table: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 (a fixed program, and nothing from outside)
            ["crontab", argument],  # noqa: S607 (wherever the system has it)
            input=table,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except FileNotFoundError:
        raise CrontabUnavailable(
            "There is no program `crontab` here: install cron, or run Beat."
        ) from None
