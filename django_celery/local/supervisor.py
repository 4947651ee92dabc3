"""Starts again what has died."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from django_celery.local.process import PartFailed, Process

QUICK = 10.0
_LONGEST_WAIT = 5.0


class State(Enum):
    """What may be said of a part."""

    STARTING = "starting"
    READY = "ready"
    DIED = "died"
    GIVEN_UP = "given up"
    STOPPING = "stopping"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Event:
    """Something that has just become true of a part."""

    process: Process
    state: State
    detail: str = ""


Tell = Callable[[Event], None]


class Supervisor:
    """Watches processes in a thread of its own and restarts those that die unasked.

    After a death it waits a little, longer with each quick one (a life below ``QUICK`` seconds),
    and gives up after ``patience`` quick deaths in a row.
    """

    def __init__(self, processes: Sequence[Process], *, tell: Tell, patience: int = 5) -> None:
        self._processes = processes
        self._tell = tell
        self._patience = patience
        self._quick_deaths = dict.fromkeys((process.name for process in processes), 0)
        self._due: dict[str, float] = {}
        self._returning: set[str] = set()
        self._finish = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Watch no longer. Nothing is stopped by this."""
        self._finish.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._finish.wait(0.1):
            for process in self._processes:
                self._look_at(process)

    def _look_at(self, process: Process) -> None:
        if not process.wanted:
            self._due.pop(process.name, None)
        elif process.alive:
            self._greet(process)
        elif process.name not in self._due:
            self._mourn(process)
        elif time.monotonic() >= self._due[process.name]:
            self._revive(process)

    def _greet(self, process: Process) -> None:
        if process.name in self._returning and process.ready:
            self._returning.discard(process.name)
            self._tell(Event(process, State.READY))

    def _mourn(self, process: Process) -> None:
        quick = time.monotonic() - process.started_at < QUICK
        deaths = self._quick_deaths[process.name] + 1 if quick else 0
        self._quick_deaths[process.name] = deaths
        detail = f"code {process.exit_code}"
        if deaths > self._patience:
            process.wanted = False
            self._tell(Event(process, State.GIVEN_UP, f"{detail}, see {process.log}"))
            return
        self._due[process.name] = time.monotonic() + min(0.2 * 2**deaths, _LONGEST_WAIT)
        self._tell(Event(process, State.DIED, detail))

    def _revive(self, process: Process) -> None:
        del self._due[process.name]
        try:
            revived = process.restart()
        except PartFailed:
            return  # it counts as the next quick death
        if revived:
            self._returning.add(process.name)
            self._tell(Event(process, State.STARTING))
