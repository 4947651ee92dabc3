"""The system that things are done to."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from redis import Redis

from django_celery.local import application
from django_celery.local.crew import Crew
from django_celery.local.inbox.faults import Faults
from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Part, PartFailed, Process
from django_celery.local.stack import Engine, Stack
from django_celery.local.supervisor import Event, State
from tests.faults.waiting import Trouble, wait_for

WORKERS = ("render", "deliver")

_RUNNING, _STOPPED = "R", "T"

# So many apply from one address that nothing may be limited.
SETTINGS = {
    "DEBUG": "false",
    "SITE_NAME": "Northwind Studio",
    "HR_EMAIL": "hr@example.com",
    "APPLY_RATE_PER_IP": "0",
    "APPLY_RATE_PER_EMAIL": "0",
    "APPLY_POW_AFTER": "0",
    "APPLY_RECEIPTS_PER_EMAIL": "0",
}
_SETTINGS = {
    **SETTINGS,
    "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
    "EMAIL_DOUBT_POLICY": "evidence",
}


class NotAlive(Trouble):
    """Who was to be hurt is dead already."""


class System:
    """A whole stack with the demo's positions, and the ways to hurt it.

    The mail server leaves a Postfix's traces, and letters in doubt are settled by them; the workers
    die at failpoints that are armed. However often a process dies, it is started again.
    """

    def __init__(self, folder: Path, *, engine: Engine) -> None:
        self._mail_log = folder / "mail.log"
        self._failpoints = folder / "failpoints"
        self._failpoints.mkdir(parents=True)
        settings = {
            **_SETTINGS,
            "EMAIL_EVIDENCE_URL": f"file://{self._mail_log}",
            "FAILPOINTS": str(self._failpoints),
        }
        self._spares: dict[str, Process] = {}
        self.stack = Stack(folder, settings=settings, engine=engine, tell=_insist)

    def __enter__(self) -> Self:
        self.stack.start()
        try:
            self.stack.manage("seed_demo")
            self._change(("inbox",), _with_arguments(f"--log={self._mail_log}"))
        except BaseException:
            self.stack.stop()
            raise
        return self

    def __exit__(self, *_about: object) -> None:
        self.stack.stop()

    # --- processes ----------------------------------------------------------------------------

    def send(self, name: str, number: signal.Signals) -> None:
        """To the process and all of its group. Raises NotAlive."""
        process = self.stack[name]
        if not process.alive:
            raise NotAlive(f"{name} cannot be sent {number.name}.")
        process.kill_group(number)

    def kill(self, name: str) -> None:
        """Kill the process with all of its group; it is started again. Raises NotAlive."""
        self.send(name, signal.SIGKILL)

    def take_down(self, name: str) -> None:
        """Kill it, and leave it down. Raises NotAlive."""
        self.kill(name)
        self.stack[name].stop()

    def bring_up(self, *names: str) -> None:
        """Start these and return when they answer."""
        for name in names:
            self.stack[name].start()
        for name in names:
            self.wait_until_up(name)

    def wait_until_up(self, name: str) -> None:
        """Return when it answers again."""
        wait_for(lambda: self.stack[name].ready, f"up again: {name}")

    def heal(self) -> None:
        """Everything runs, nothing is armed, and nothing fails any more."""
        self.disarm()
        for process in (*self.stack, *self._spares.values()):
            process.kill_group(signal.SIGCONT)
        self.bring_up(*(process.name for process in self.stack))
        self.stack.inbox.fail(Faults())

    @contextmanager
    def halted(self, name: str) -> Iterator[None]:
        """The process and its group stand still inside the block: alive, and answering nothing."""
        self.send(name, signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(name, signal.SIGCONT)

    @contextmanager
    def second(self, name: str) -> Iterator[None]:
        """One more worker like this one."""
        part = self.stack[name].part
        spare = replace(
            part,
            name=f"{name}2",
            command=tuple(word.replace(f"{name}@", f"{name}2@") for word in part.command),
        )
        condition = application.conditions.pongs(spare.name, broker=self.redis_url)
        crew = Crew(logs=self.stack.folder / "log", tell=lambda _event: None)
        try:
            crew.wait_for(crew.launch([replace(spare, is_ready=condition)]))
            self._spares[name] = crew[spare.name]
            yield
        finally:
            self._spares.pop(name, None)
            crew.stop()

    def all_of(self, name: str) -> list[Process]:
        """The worker of this name, and the second one if there is one."""
        spare = self._spares.get(name)
        return [self.stack[name], spare] if spare else [self.stack[name]]

    def standing_still(self, name: str) -> Process:
        """Of the workers of this name the one that was stopped a moment ago, in a part or wholly.

        Raises TooLate.
        """
        return wait_for(lambda: self._find_stopped(name), f"standing still: {name}")

    def _find_stopped(self, name: str) -> Process | None:
        return next((process for process in self.all_of(name) if stopped(process)), None)

    @contextmanager
    def workers_with(self, **variables: str) -> Iterator[None]:
        """Inside the block the workers have these variables in their environment."""
        before = {name: self.stack[name].part for name in WORKERS}
        self._change(WORKERS, _with_variables(variables))
        try:
            yield
        finally:
            self._change(WORKERS, lambda part: before[part.name])

    def _change(self, names: Iterable[str], change: Callable[[Part], Part]) -> None:
        for name in names:
            process = self.stack[name]
            process.stop()
            process.part = change(process.part)
        self.bring_up(*names)

    # --- servers ------------------------------------------------------------------------------

    @contextmanager
    def mail(self, faults: Faults) -> Iterator[None]:
        """Inside the block the mail server fails in this way."""
        self.stack.inbox.fail(faults)
        try:
            yield
        finally:
            self.stack.inbox.fail(Faults())

    @property
    def redis_url(self) -> str:
        return self.stack.environment["REDIS_URL"]

    def redis(self) -> Redis:
        return Redis(host=LOOPBACK, port=self.stack.ports["redis"], socket_timeout=5)

    def lose_redis(self) -> None:
        """Kill it and bring it back with nothing in it."""
        self.take_down("redis")
        for file in (self.stack.folder / "redis").rglob("*"):
            if file.is_file():
                file.unlink()
        self.bring_up("redis")

    # --- failpoints ---------------------------------------------------------------------------

    def arm(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Whoever gets there next is killed with all of its group, or its process is stopped."""
        draft = self._failpoints / "draft"
        draft.write_text(f"{number:d}")
        draft.rename(self._failpoints / name)

    def wait_for_strike(self, name: str) -> None:
        """Return when somebody has got to the place that is armed. Raises TooLate."""
        armed = self._failpoints / name
        wait_for(lambda: not armed.exists(), f"at {name}", limit=90)

    def disarm(self) -> None:
        for file in self._failpoints.iterdir():
            file.unlink(missing_ok=True)


def _insist(event: Event) -> None:
    """A supervisor that gives up is overruled, as by an operator."""
    if event.state is State.GIVEN_UP:
        # It may fail once more; then this is asked again.
        with suppress(PartFailed):
            event.process.start()


def children(process_id: int) -> list[int]:
    """The processes that this one has started; none if it is gone."""
    found = Path(f"/proc/{process_id}/task/{process_id}/children")
    try:
        return [int(each) for each in found.read_text().split()]
    except FileNotFoundError:
        return []


def kill_child(process: Process) -> bool:
    """Kill a process of a worker's pool that is at work; False if none is just now.

    Raises NotAlive if the worker is dead itself.
    """
    if not process.alive:
        raise NotAlive(f"{process.name} has no processes.")
    for child in children(process.pid):
        if _state(child) == _RUNNING:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
                return True
    return False


def stopped(process: Process) -> list[int]:
    """The ids of a worker's processes that stand still, its main process and its pool's."""
    return [pid for pid in (process.pid, *children(process.pid)) if _state(pid) == _STOPPED]


def _state(process_id: int) -> str:
    """A letter; nothing if it is gone. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return ""
    return stat.rpartition(")")[2].split()[0]


def _with_arguments(*arguments: str) -> Callable[[Part], Part]:
    return lambda part: replace(part, command=(*part.command, *arguments))


def _with_variables(variables: dict[str, str]) -> Callable[[Part], Part]:
    return lambda part: replace(part, environment={**part.environment, **variables})
