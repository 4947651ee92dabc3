"""Workers that are killed, stopped, poisoned, or told to drop what they do."""

import random
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from signal import SIGCONT, SIGSTOP

from celery import Celery

from django_celery.local.inbox.faults import Faults
from django_celery.local.stack import Engine
from tests.faults.counting import Verdict, read_pages
from tests.faults.instants import POISON
from tests.faults.system import WORKERS, System, kill_child, wait_for
from tests.faults.trial import ELSEWHERE_WITHIN, Row, Trial, Victim
from tests.faults.watching import tasks


def kill_groups(trial: Trial) -> None:
    """Whole workers, main process and pool, one after the other."""
    for turn in trial.times(10):
        worker = WORKERS[(turn + 1) % len(WORKERS)]
        trial.system.wait_until_up(worker)
        trial.system.kill(worker)
        trial.note_death(worker)


def kill_processes(trial: Trial) -> None:
    """Single processes of the pool that renders."""
    main = trial.system.stack["render"]
    killed = 0
    for _turn in trial.times(25):
        killed += kill_child(main.pid)
        trial.note_victims("render")
    trial.notes.append(f"{killed} processes killed")


def stop_and_continue(trial: Trial) -> None:
    """A worker stands still with a letter in hand for longer than its lease.

    Once right after its claim, and once in the most dangerous instant: the intent is committed,
    the final dot is not yet on its way.
    """
    for instant in ("intent",) if trial.short else ("claimed.email_hr", "intent"):
        _stop_at(instant, trial)
    trial.notes.append(f"{_refused(trial.system)} late holders refused")


def stop_in_a_record(trial: Trial) -> None:
    """The same while it records what it did, and holds the rows of the ledger."""
    _stop_at("recording.email_hr", trial)
    trial.notes.append(f"{_refused(trial.system)} late holders refused")


def _stop_at(instant: str, trial: Trial) -> None:
    trial.system.arm(instant, SIGSTOP)
    wait_for(lambda: trial.system.has_struck(instant), f"at {instant}")
    victims = trial.note_victims("deliver")
    # Not scaled down: a lease is as long in a short run.
    wait_for(lambda: _were_taken_over(trial, victims), "with another worker")
    refused = _refused(trial.system)
    for worker in trial.system.all_of("deliver"):
        worker.kill_group(SIGCONT)
    wait_for(lambda: _refused(trial.system) > refused, "refused: the late holder")


def _refused(system: System) -> int:
    return sum(worker.output.count("(LeaseLost)") for worker in system.all_of("deliver"))


def _were_taken_over(trial: Trial, victims: Sequence[Victim]) -> bool:
    """Somebody else has done what the stopped worker was at."""
    pages = read_pages(trial.system.stack, trial.crowd.accepted)
    return any(
        step["name"] == victim.step
        and step["attempts"] > victim.attempt
        and step["status"] == "success"
        for victim in victims
        for step in pages[victim.page]["steps"]
    )


@contextmanager
def _slow_mail(system: System) -> Iterator[None]:
    """So that workers are always found with a letter in hand."""
    system.stack.inbox.fail(Faults(delay_seconds=0.3))
    try:
        yield
    finally:
        system.stack.inbox.fail(Faults())


def _a_second_worker(system: System) -> AbstractContextManager[None]:
    return system.second("deliver")


def revoke(trial: Trial) -> None:
    """What Flower's Terminate button does, to any task that Flower shows as not finished.

    Flower itself is set to refuse it, so it is done as Flower would.
    """
    control = Celery(broker=trial.system.redis_url, set_as_current=False).control
    chosen = random.Random(3)
    revoked: set[str] = set()
    for _turn in trial.times(25):
        if unfinished := sorted(_unfinished(trial.system) - revoked):
            task = chosen.choice(unfinished)
            control.revoke(task, terminate=True, signal="SIGKILL")
            revoked.add(task)
    trial.notes.append(f"{len(revoked)} tasks revoked")


def _unfinished(system: System) -> set[str]:
    shown = {"PENDING", "RECEIVED", "STARTED"}
    return {task_id for task_id, task in tasks(system).items() if task["state"] in shown}


def poison(trial: Trial) -> None:
    """Nothing else is needed: one of the people has sent in what kills every worker."""


def _set_aside(verdict: Verdict) -> Iterator[str]:
    poisoned = [fate for fate in verdict.fates if fate.accepted.email.startswith(POISON)]
    others = [fate for fate in verdict.fates if fate not in poisoned]
    if untouched := sum(not fate.is_complete for fate in others):
        yield f"{untouched} others lost"
    for fate in poisoned:
        first = fate.page["steps"][0]
        if (fate.page["status"], first["attempts"]) != ("failed", 4) or not first["error"]:
            yield f"set aside after {first['attempts']} as {fate.page['status']}"
    if verdict.doubled:
        yield f"{verdict.doubled} letters twice"


GROUPS = Row(
    title="worker group killed with -9, ten times",
    textbook="78 / 0",
    harm=kill_groups,
    around=_slow_mail,
    recovers_within=ELSEWHERE_WITHIN,
)
PROCESSES = Row(
    title="single worker processes killed, 25 times",
    textbook="16 / 0",
    harm=kill_processes,
    recovers_within=ELSEWHERE_WITHIN,
)
STOPPED = Row(
    title="a worker stopped past its lease, then continued",
    textbook="",
    harm=stop_and_continue,
    around=_a_second_worker,
    bar_text="0 / 0, the late holder is refused",
    recovers_within=ELSEWHERE_WITHIN,
)
RECORDING = replace(
    STOPPED,
    title="a worker stopped in the middle of a record, then continued",
    harm=stop_in_a_record,
)
REVOKED = Row(
    title="tasks revoked and terminated at random",
    textbook="0 / 0",
    harm=revoke,
)
POISONED = Row(
    title="an input that kills the worker every time",
    textbook="",
    harm=poison,
    poisoned=1,
    bar=_set_aside,
    bar_text="set aside after 4, others untouched",
)
ROWS = (
    GROUPS,
    replace(GROUPS, title=f"{GROUPS.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
    PROCESSES,
    replace(PROCESSES, title=f"{PROCESSES.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
    STOPPED,
    RECORDING,
    REVOKED,
    POISONED,
)
