"""Flower killed, and down while people apply."""

from collections import defaultdict

from tests.faults.system import wait_for
from tests.faults.trial import STEPS, Row, Trial
from tests.faults.watching import Tasks, run_of, tasks


def lose_flower(trial: Trial) -> None:
    """Killed, then down; afterwards it is told what it has missed."""
    system = trial.system
    known = set(tasks(system))
    trial.wait_for_share(0.25)
    system.kill("flower")
    trial.wait_for_share(0.5)
    system.take_down("flower")
    trial.wait_until_arrived()
    system.bring_up("flower")
    system.stack.manage("pipelines", "flower")
    wanted = len(trial.crowd.accepted)

    def is_whole() -> bool:
        return _right(tasks(system), known) == wanted

    wait_for(is_whole, f"shown in Flower: all of {wanted} runs", limit=60)
    trial.notes.append(f"{wanted} of {wanted} runs right in Flower")


def _right(found: Tasks, known: set[str]) -> int:
    """How many new runs Flower shows with each step's last attempt as a success."""
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for task_id, task in sorted(found.items(), key=lambda item: _attempt(item[0])):
        if task_id not in known and task["name"].startswith("apply_now."):
            states[run_of(task_id)][task["name"].partition(".")[2]] = task["state"]
    return sum(steps == dict.fromkeys(STEPS, "SUCCESS") for steps in states.values())


def _attempt(task_id: str) -> int:
    number = task_id.rpartition(".")[2]
    return int(number) if number.isdigit() else 0


ROWS = (
    Row(
        title="Flower killed, and down during the run",
        textbook="shows 0",
        harm=lose_flower,
        bar_text="all steps right after the backfill",
    ),
)
