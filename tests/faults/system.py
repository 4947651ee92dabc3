"""The system that things are done to."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

from redis import Redis

from django_celery.local import application
from django_celery.local.crew import Crew
from django_celery.local.inbox.faults import Faults
from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Part, Process
from django_celery.local.stack import Engine, Stack

WORKERS = ("render", "deliver")

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


class TooLate(Exception):
    """What was waited for did not happen in time."""


def wait_for(condition: Callable[[], object], what: str, *, limit: float = 60) -> None:
    """Return as soon as the condition holds. Raises TooLate."""
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            raise TooLate(f"After {limit:.0f} seconds: not yet {what}.")
        time.sleep(0.05)


class System:
    """A whole stack with the demo's positions, and the ways to hurt it.

    The mail server leaves a Postfix's traces, and letters in doubt are settled by them; the workers
    die at failpoints that are armed.
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
        self._pairs: dict[str, tuple[Process, Process]] = {}
        self.stack = Stack(folder, settings=settings, engine=engine)

    def __enter__(self) -> Self:
        self.stack.start()
        try:
            self.stack.manage("seed_demo")
            self._change("inbox", _with_arguments(f"--log={self._mail_log}"))
        except BaseException:
            self.stack.stop()
            raise
        return self

    def __exit__(self, *_about: object) -> None:
        self.stack.stop()

    # --- processes ----------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """Kill the process with all of its group; it is started again."""
        self.stack[name].kill_group()

    def take_down(self, name: str) -> None:
        """Kill it, and leave it down."""
        self.stack[name].kill_group()
        self.stack[name].stop()

    def bring_up(self, *names: str) -> None:
        """Start these and return when they answer."""
        for name in names:
            self.stack[name].start()
        for name in names:
            self.wait_until_up(name)

    def wait_until_up(self, name: str) -> None:
        """Return when it answers again; a supervisor that has given up is overruled."""
        wait_for(lambda: self._is_up(name), f"up again: {name}")

    def overrule(self, name: str) -> None:
        """Start it again if its supervisor has given up, as an operator would."""
        if not self.stack[name].wanted:
            self.stack[name].start()

    def _is_up(self, name: str) -> bool:
        self.overrule(name)
        return self.stack[name].ready

    def heal(self) -> None:
        """Everything runs again, and nothing more is armed."""
        self.disarm()
        for process in self.stack:
            process.kill_group(signal.SIGCONT)
        self.bring_up(*(process.name for process in self.stack))
        self.stack.inbox.fail(Faults())

    @contextmanager
    def halted(self, name: str) -> Iterator[None]:
        """The process and its group stand still inside the block: alive, and answering nothing."""
        self.stack[name].kill_group(signal.SIGSTOP)
        try:
            yield
        finally:
            self.stack[name].kill_group(signal.SIGCONT)

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
            self._pairs[name] = (self.stack[name], crew[spare.name])
            yield
        finally:
            del self._pairs[name]
            crew.stop()

    def all_of(self, name: str) -> tuple[Process, ...]:
        """The worker of this name, and the second one if there is one."""
        return self._pairs.get(name, (self.stack[name],))

    @contextmanager
    def workers_with(self, **variables: str) -> Iterator[None]:
        """Inside the block the workers have these variables in their environment."""
        before = {name: self.stack[name].part for name in WORKERS}
        self._change_all(WORKERS, _with_variables(variables))
        try:
            yield
        finally:
            self._change_all(WORKERS, lambda part: before[part.name])

    def _change(self, name: str, change: Callable[[Part], Part]) -> None:
        self._change_all((name,), change)

    def _change_all(self, names: Iterable[str], change: Callable[[Part], Part]) -> None:
        for name in names:
            process = self.stack[name]
            process.stop()
            process.part = change(process.part)
        self.bring_up(*names)

    # --- Redis --------------------------------------------------------------------------------

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
        """The next worker that gets there dies, or gets another signal, with its whole group."""
        draft = self._failpoints / "draft"
        draft.write_text(str(int(number)))
        draft.rename(self._failpoints / name)

    def has_struck(self, name: str) -> bool:
        return not (self._failpoints / name).exists()

    def disarm(self) -> None:
        for file in self._failpoints.iterdir():
            file.unlink(missing_ok=True)


def children(process_id: int) -> list[int]:
    """The processes that this one has started."""
    found = Path(f"/proc/{process_id}/task/{process_id}/children")
    try:
        return [int(each) for each in found.read_text().split()]
    except FileNotFoundError:
        return []


def kill_child(process_id: int) -> bool:
    """Kill the first process of a worker's pool; False if it has none just now."""
    for child in children(process_id):
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
        return True
    return False


def _with_arguments(*arguments: str) -> Callable[[Part], Part]:
    return lambda part: replace(part, command=(*part.command, *arguments))


def _with_variables(variables: dict[str, str]) -> Callable[[Part], Part]:
    return lambda part: replace(part, environment={**part.environment, **variables})
