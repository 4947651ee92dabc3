"""One child process of the local stack: its log, its readiness, its end."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django_celery.env import BASE_DIR

_LEASH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("leash.py")))
_TAIL_LINES = 15
_FOR_ANY_PROGRAM = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR")


class PartFailed(Exception):
    """A part did not come up. The text says which, why, and how its log ends."""


def bare_environment() -> dict[str, str]:
    """What any program needs, and nothing that could be meant for another one.

    ``weed``, for one, takes AWS_ variables for keys that open everything.
    """
    return {name: os.environ[name] for name in _FOR_ANY_PROGRAM if name in os.environ}


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a process is to be. Its working directory is the checkout.

    ``is_ready`` is asked every moment while it starts and must answer within about a second.
    ``stop_signal`` asks it to end; it gets ``stop_limit`` seconds for that. ``leftovers`` are files
    outside its data folder that it may leave behind.
    """

    name: str
    command: tuple[str, ...]
    is_ready: "Callable[[Process], bool]"
    environment: Mapping[str, str] = field(default_factory=bare_environment)
    port: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_limit: float = 20
    start_limit: float = 60
    leftovers: tuple[Path, ...] = ()


class Process:
    """A part that can be started, killed, stopped and started again.

    It runs in a process group of its own, on a leash (see leash.py): however this program ends,
    neither the process nor anything that it started outlives it. What it prints goes to
    ``<folder>/NAME.log``; the log of the run before is kept as ``NAME.old.log``.
    """

    def __init__(self, part: Part, *, folder: Path) -> None:
        self.part = part
        self.log = folder / f"{part.name}.log"
        self.pid = 0
        self.wanted = False
        self.started_at = 0.0
        self._log_start = 0
        self._leash: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".old.log"))

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def alive(self) -> bool:
        """Whether the process runs, ready or not."""
        return self._leash is not None and self._leash.poll() is None

    @property
    def ready(self) -> bool:
        """Whether it runs and answers."""
        return self.alive and self.part.is_ready(self)

    @property
    def exit_code(self) -> int | None:
        """None while it runs; 128 + n after a death by signal n."""
        return self._leash.poll() if self._leash else None

    @property
    def output(self) -> str:
        """What it has printed since it was last started."""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return file.read().decode(errors="replace")

    def start(self) -> None:
        """Start it unless it runs. Raises PartFailed if the program cannot be executed."""
        with self._lock:
            self.wanted = True
            if not self.alive:
                self._start()

    def restart(self) -> bool:
        """Start it again if it is still wanted; False if it has been stopped meanwhile."""
        with self._lock:
            if self.wanted and not self.alive:
                self._start()
            return self.wanted

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the process itself. A supervisor will start it again."""
        with contextlib.suppress(ProcessLookupError):
            if self.alive:
                os.kill(self.pid, number)

    def kill_group(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the process and the pool processes of its group."""
        with contextlib.suppress(ProcessLookupError):
            if self.alive:
                os.killpg(self.pid, number)

    def stop(self) -> None:
        """Ask it to end, wait, and kill all of it when its time is over. It stays down."""
        self.wanted = False
        with self._lock:
            if self._leash is None:
                return
            self.kill(self.part.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._leash.wait(self.part.stop_limit)
            self._let_go()

    def tail(self) -> str:
        """The last lines of its output."""
        return "\n".join(self.output.splitlines()[-_TAIL_LINES:])

    def _start(self) -> None:
        self._let_go()
        report, child_report = os.pipe()
        leftovers = os.pathsep.join(map(str, self.part.leftovers))
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self._leash = subprocess.Popen(  # noqa: S603 - the commands are this project's own
                [*_LEASH, str(child_report), leftovers, *self.part.command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(child_report,),
                cwd=BASE_DIR,
                env=dict(self.part.environment),
                start_new_session=True,
            )
        os.close(child_report)
        self.started_at = time.monotonic()
        self._read_report(report)

    def _read_report(self, report: int) -> None:
        with os.fdopen(report) as file:
            text = file.read()
        if not text:
            self._let_go()
            raise PartFailed(f"{self.name} could not be started. {self.tail()}")
        self.pid = int(text)

    def _let_go(self) -> None:
        """Close the leash's pipe: it kills what is left and ends."""
        if self._leash is not None and self._leash.stdin is not None:
            self._leash.stdin.close()
            self._leash.wait()


def wait_until_ready(process: Process) -> None:
    """Return when it answers. Raises PartFailed when it ends before or takes too long."""
    limit = process.part.start_limit
    deadline = time.monotonic() + limit
    while not process.ready:
        if not process.alive:
            raise PartFailed(_story(process, f"ended with code {process.exit_code}"))
        if time.monotonic() > deadline:
            raise PartFailed(_story(process, f"did not answer within {limit:.0f} seconds"))
        time.sleep(0.05)


def _story(process: Process, what: str) -> str:
    return f"{process.name} {what}. The end of {process.log}:\n{process.tail()}"
