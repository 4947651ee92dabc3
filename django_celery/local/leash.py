"""Holds one command on a leash: when its owner is gone, nothing of it survives.

A program of its own, run by path so that it loads nothing but a little of the standard library:
``python -I -S leash.py REPORT_FD LEFTOVERS COMMAND...``. Its standard input is a pipe that only the
owner holds open and never writes to. It writes the command's process id to REPORT_FD, waits until
the command ends or the owner does, then kills whatever the command has left behind, pool processes
and daemons included, removes its LEFTOVERS (paths as in PATH), and ends with the command's exit
code (128 + n when signal n killed it).

Linux only: prctl(2), pidfd_open(2) and /proc.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

# <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _die_with_leash() -> None:
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - running the owner's command is this program's purpose
        command,
        stdin=subprocess.DEVNULL,
        process_group=0,
        # This program has one thread, so that code between fork and exec is safe here.
        preexec_fn=_die_with_leash,  # noqa: PLW1509
    )


def _report(descriptor: int, process_id: int) -> None:
    with os.fdopen(descriptor, "w") as report:
        report.write(str(process_id))


def _wait_for_either(child: "subprocess.Popen[bytes]") -> None:
    """Until the child has ended or the owner's end of the pipe is closed."""
    child_ended = os.pidfd_open(child.pid)
    select.select([sys.stdin, child_ended], [], [])


def _parent_of(process_id: str) -> int:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    # The name, in parentheses, may hold anything, so count from behind it: state, parent.
    return int(stat.rpartition(b")")[2].split()[1])


def _children() -> list[int]:
    names = (entry.name for entry in Path("/proc").iterdir())
    return [int(name) for name in names if name.isdigit() and _parent_of(name) == os.getpid()]


def _end_the_rest() -> None:
    """Kill all descendants: as their subreaper this process inherits each orphaned generation."""
    while True:
        for process_id in _children():
            os.kill(process_id, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def _remove(leftovers: str) -> None:
    for path in filter(None, leftovers.split(os.pathsep)):
        # Not there, or somebody else's.
        with contextlib.suppress(OSError):
            Path(path).unlink()


def main(report: int, leftovers: str, command: list[str]) -> int:
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        child = _start(command)
    except OSError as error:
        sys.stderr.write(f"Cannot run {command[0]}: {error.strerror}.\n")
        return 127
    _report(report, child.pid)
    _wait_for_either(child)
    child.kill()
    code = child.wait()
    _end_the_rest()
    _remove(leftovers)
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
