"""Flower killed, and down while people apply."""

from tests.faults import watching
from tests.faults.bars import struck
from tests.faults.row import Row
from tests.faults.trial import Trial


def lose_flower(trial: Trial) -> None:
    """Killed, then down; what it has missed meanwhile it is told as in every row."""
    system = trial.system
    trial.wait_for_share(0.25)
    system.kill("flower")
    trial.wait_for_share(0.5)
    system.wait_until_up("flower")
    system.take_down("flower")
    trial.wait_until_over()
    system.bring_up("flower")
    trial.struck = watching.gap(trial.journeys(), watching.states(system, since=trial.began))


LOST = Row(
    title="Flower killed, and down during the run",
    textbook="shows 0",
    harm=lose_flower,
    felt=struck("attempts that Flower has missed"),
    deafens_flower=True,
    share=0.5,
)
ROWS = (LOST,)
