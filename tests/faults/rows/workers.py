"""Workers that are killed, stopped, poisoned, or told to drop what they do."""

import random
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import chain
from signal import SIGCONT, SIGSTOP

from celery import Celery
from celery.app.control import Control

from django_celery.local.inbox.faults import Faults
from django_celery.local.process import Process
from django_celery.local.stack import Engine
from tests.faults import watching
from tests.faults.bars import CUT_SHORT, TAKEN_OVER, Felt, struck
from tests.faults.counting import Fate
from tests.faults.instants import INSTANTS, POISON, Instant
from tests.faults.outcome import Ending
from tests.faults.row import Around, Row
from tests.faults.system import WORKERS, kill_child, stopped
from tests.faults.trial import Trial
from tests.faults.waiting import wait_for

# So that workers are found with a letter in hand.
_SLOW_MAIL = Faults(delay_seconds=0.3)
_MAX_CRASHES = 4
_REFUSED = "(LeaseLost)"


def kill_groups(trial: Trial) -> None:
    """Whole workers, main process and pool, one after the other."""
    killed = 0
    with trial.system.mail(_SLOW_MAIL):
        for turn in trial.times(10):
            worker = WORKERS[(turn + 1) % len(WORKERS)]
            trial.system.wait_until_up(worker)
            if trial.is_at_work(worker):
                trial.system.kill(worker)
                trial.note_death(worker)
                killed += 1
    trial.notes.append(f"{killed} workers killed")


def kill_processes(trial: Trial) -> None:
    """Single processes of the pool that renders."""
    killed = 0
    for _turn in trial.times(25):
        if trial.is_at_work("render") and kill_child(trial.system.stack["render"]):
            trial.note_death("render", is_whole=False)
            killed += 1
    trial.notes.append(f"{killed} processes killed")


def stop_at(name: str) -> Callable[[Trial], None]:
    """Stop who gets to this instant until somebody else has done it, and see that it is refused."""
    instant = INSTANTS[name]

    def harm(trial: Trial) -> None:
        trial.system.arm(instant.name, SIGSTOP)
        trial.system.wait_for_strike(instant.name)
        worker = trial.system.standing_still(instant.worker)
        trial.note_death(worker.name, is_whole=worker.pid in stopped(worker))
        _wait_for_takeover(instant, worker, trial)
        trial.struck += _continue(worker)

    return harm


def _wait_for_takeover(instant: Instant, worker: Process, trial: Trial) -> None:
    """Of what the stopped one was at. Not scaled down: a lease is as long in a short run."""
    held = [
        attempt
        for attempt in trial.ledger.at_work(worker.name)
        if (attempt.step, attempt.worker) == (instant.step, worker.name)
    ]
    wait_for(lambda: any(map(trial.has_passed_on, held)), "with another worker", each=0.5)


def _continue(worker: Process) -> int:
    """How many times it is refused then."""
    refused = worker.output.count(_REFUSED)
    worker.kill_group(SIGCONT)
    wait_for(lambda: worker.output.count(_REFUSED) > refused, "refused: the late holder")
    return worker.output.count(_REFUSED) - refused


def _a_second(name: str) -> Around:
    """Who takes over from the one that stands still."""
    return lambda system: system.second(name)


def revoke(trial: Trial) -> None:
    """Terminate any task that Flower shows as not finished."""
    control = _control(trial)
    chosen = random.Random(3)
    revoked: set[str] = set()
    for _turn in trial.times(25):
        wait_for(lambda: _unfinished(trial) - revoked or trial.is_over, "unfinished in Flower")
        if unfinished := sorted(_unfinished(trial) - revoked):
            task = chosen.choice(unfinished)
            _terminate(control, task)
            revoked.add(task)
    trial.notes.append(f"{len(revoked)} revokes sent")


def _unfinished(trial: Trial) -> set[str]:
    """Tasks of this row's people."""
    runs = {journey.run for journey in trial.journeys()}
    shown = watching.states(trial.system, since=trial.began)
    return {
        task_id
        for task_id, state in shown.items()
        if state in watching.UNFINISHED and task_id.partition(".")[0] in runs
    }


def revoke_too_late(trial: Trial) -> None:
    """Terminate a task that has done everything, before its worker's main process hears of it."""
    control = _control(trial)
    instant = INSTANTS["ended.render_dossier"]
    trial.system.arm(instant.name, SIGSTOP)
    trial.system.wait_for_strike(instant.name)
    worker = trial.system.standing_still(instant.worker)
    for task in _tasks_of(stopped(worker), control):
        _terminate(control, task)
        trial.struck += 1
    wait_for(lambda: not stopped(worker), "terminated: who stands still")


def _tasks_of(processes: Collection[int], control: Control) -> list[str]:
    """The tasks that these processes have in hand, as their workers say."""
    answers = wait_for(lambda: control.inspect().active(), "said: what is at work")
    tasks = chain.from_iterable(answers.values())
    return [task["id"] for task in tasks if task["worker_pid"] in processes]


def _control(trial: Trial) -> Control:
    """Flower itself is set to refuse what its buttons do, so it is done as Flower would."""
    return Celery(broker=trial.system.redis_url, set_as_current=False).control


def _terminate(control: Control, task_id: str) -> None:
    """What Flower's Terminate button does."""
    control.revoke(task_id, terminate=True, signal="SIGKILL")


def poison_a_render(_trial: Trial) -> None:
    """Nothing else is needed: one of the people has sent in what kills whoever renders it."""


def poison_a_letter(trial: Trial) -> None:
    """What kills whoever sends it to HR, with all the letters that are under way beside it.

    People go on applying, and letters take long, until it has been set aside.
    """
    with trial.system.mail(Faults(delay_seconds=1)):
        trial.wait_for_share(1)
        trial.wait_until_over()


def _set_aside(step: str) -> Ending:
    def fits(fate: Fate) -> bool:
        if not fate.accepted.email.startswith(POISON[step]):
            return fate.is_complete
        (at,) = (each for each in fate.page["steps"] if each["name"] == step)
        is_shown = (fate.page["status"], at["status"]) == ("failed", "failure")
        return is_shown and at["attempts"] == _MAX_CRASHES and bool(at["error"])

    return Ending(f"set aside after {_MAX_CRASHES}, no other one lost", fits)


GROUPS = Row(
    title="worker group killed with -9, ten times",
    textbook="78 / 0",
    harm=kill_groups,
    felt=CUT_SHORT,
    recovery=TAKEN_OVER,
)
PROCESSES = Row(
    title="single worker processes killed, 25 times",
    textbook="16 / 0",
    harm=kill_processes,
    felt=CUT_SHORT,
    recovery=TAKEN_OVER,
)
STOPPED = Row(
    title="a worker stopped after the intent past its lease, then continued",
    harm=stop_at("intent.email_hr"),
    felt=struck("late holders refused"),
    around=_a_second("deliver"),
    recovery=TAKEN_OVER,
    share=0.15,
)
STOPPED_BEFORE = replace(
    STOPPED,
    title="a worker stopped after its claim past its lease, then continued",
    harm=stop_at("claimed.email_hr"),
)
RECORDING = replace(
    STOPPED,
    title="a worker stopped in the middle of a record, then continued",
    harm=stop_at("recording.email_hr"),
)
PROCESS_STOPPED = replace(
    STOPPED,
    title="a process stopped in the middle of a render, then continued",
    harm=stop_at("drawing.render_dossier"),
    around=_a_second("render"),
)
REVOKED = Row(
    title="tasks revoked and terminated at random",
    textbook="0 / 0",
    harm=revoke,
    felt=Felt(
        "tasks that ended so", lambda outcome: len(outcome.attempts_ended("revoked", "crash"))
    ),
    share=0.5,
)
REVOKED_TOO_LATE = Row(
    title="a task revoked and terminated that has just succeeded",
    harm=revoke_too_late,
    felt=struck("finished tasks terminated"),
    share=0.15,
)
POISONED_RENDER = Row(
    title="an input that kills the process that renders it, every time",
    harm=poison_a_render,
    felt=CUT_SHORT,
    poisons=("render_dossier",),
    ending=_set_aside("render_dossier"),
    share=0.3,
)
POISONED_LETTER = Row(
    title="an input that kills the worker with all letters under way, every time",
    harm=poison_a_letter,
    felt=CUT_SHORT,
    poisons=("email_hr",),
    ending=_set_aside("email_hr"),
    share=0.3,
    rate=0.75,
)
ROWS = (
    GROUPS,
    replace(GROUPS, title=f"{GROUPS.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
    PROCESSES,
    replace(PROCESSES, title=f"{PROCESSES.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
    STOPPED_BEFORE,
    STOPPED,
    RECORDING,
    PROCESS_STOPPED,
    REVOKED,
    REVOKED_TOO_LATE,
    POISONED_RENDER,
    POISONED_LETTER,
)
