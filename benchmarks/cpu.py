"""CPU time and memory of processes, as Linux counts them (proc_pid_stat(5))."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TIMES = (11, 12, 13, 14)  # utime, stime, and of ended children cutime, cstime


def of_processes(process_ids: Iterable[int]) -> float:
    """Seconds that those of them that live have used so far, in user and kernel mode.

    What their children used that have ended is theirs.
    """
    return sum(_seconds(process_id) for process_id in process_ids)


def group(leader: int) -> list[int]:
    """The living processes of a process group: a worker with its pool."""
    return [each for each in _living() if _group_of(each) == leader]


def descendants(process_id: int) -> list[int]:
    """The living processes that this one started, and those that they started."""
    children = [each for each in _living() if _parent_of(each) == process_id]
    return [*children, *(each for child in children for each in descendants(child))]


def family(leader: int) -> list[int]:
    """The group and the descendants: PostgreSQL's sessions have groups of their own."""
    return sorted({*group(leader), *descendants(leader)})


def resident_kib() -> float:
    """How much memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1024


def peak_kib() -> float:
    """The most that it has held since it was started (VmHWM of proc_pid_status(5))."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))


def _seconds(process_id: int) -> float:
    return sum(_field(process_id, number) for number in _TIMES) / _TICKS


def _living() -> list[int]:
    names = (entry.name for entry in Path("/proc").iterdir())
    return [int(name) for name in names if name.isdigit()]


def _parent_of(process_id: int) -> int:
    return _field(process_id, 1)


def _group_of(process_id: int) -> int:
    return _field(process_id, 2)


def _field(process_id: int, number: int) -> int:
    """0 if the process has ended."""
    try:
        return int(_stat(process_id)[number])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _stat(process_id: int) -> list[str]:
    """The fields from the third on: the second, a name in parentheses, may hold anything."""
    text = Path(f"/proc/{process_id}/stat").read_text()
    return text.rpartition(")")[2].split()
