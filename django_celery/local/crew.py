"""Several processes that start, live and stop together."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from django_celery.local.process import Part, Process, wait_until_ready
from django_celery.local.supervisor import Event, State, Supervisor, Tell


class Crew:
    """Processes by name. ``tell`` hears of each change, from several threads."""

    def __init__(self, *, logs: Path, tell: Tell) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._tell = tell
        self._processes: dict[str, Process] = {}
        self._supervisors: list[Supervisor] = []

    def __getitem__(self, name: str) -> Process:
        return self._processes[name]

    def __iter__(self) -> Iterator[Process]:
        """In the order in which they were launched."""
        return iter(self._processes.values())

    def launch(self, parts: Iterable[Part]) -> list[Process]:
        """Start these and do not wait for them. Raises PartFailed for one that cannot be run."""
        return [self._launch(part) for part in parts]

    def wait_for(self, processes: Sequence[Process]) -> None:
        """Return when all of these answer. When one fails all are stopped; raises PartFailed.

        So they are when somebody loses patience and presses Ctrl-C.
        """
        with ThreadPoolExecutor(len(processes)) as pool:
            waiting = [pool.submit(self._wait_for, process) for process in processes]
            try:
                for one in as_completed(waiting):
                    one.result()
            except BaseException:
                self.stop()  # so that the pool has nobody to wait for any more
                raise

    def supervise(self) -> None:
        """From now on those who die are started again."""
        supervisor = Supervisor(list(self), tell=self._tell)
        self._supervisors.append(supervisor)
        supervisor.start()

    def stop(self, *first: Iterable[str]) -> None:
        """Stop all: one of these groups of names after the other, then the rest."""
        while self._supervisors:
            self._supervisors.pop().finish()
        for names in (*first, list(self._processes)):
            self._stop([process for process in self if process.name in names and process.wanted])

    def _launch(self, part: Part) -> Process:
        process = Process(part, folder=self._logs)
        self._processes[part.name] = process
        process.start()
        self._tell(Event(process, State.STARTING))
        return process

    def _wait_for(self, process: Process) -> None:
        wait_until_ready(process)
        self._tell(Event(process, State.READY))

    def _stop(self, processes: Sequence[Process]) -> None:
        with ThreadPoolExecutor(len(processes) or 1) as pool:
            list(pool.map(self._stop_one, processes))

    def _stop_one(self, process: Process) -> None:
        self._tell(Event(process, State.STOPPING))
        process.stop()
        self._tell(Event(process, State.STOPPED))
