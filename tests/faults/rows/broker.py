"""Redis killed, emptied, down, silent and rude; messages that come twice."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_celery.local.inbox.faults import Faults
from tests.faults.system import System
from tests.faults.trial import BACK_WITHIN, Row, Trial

_FIRST = "render_dossier"


def lose(trial: Trial) -> None:
    """Killed, and back with nothing in it."""
    for _turn in trial.times(3):
        trial.system.lose_redis()


def flush(trial: Trial) -> None:
    for _turn in trial.times(4):
        with trial.system.redis() as client:
            client.flushall()


def go_down(trial: Trial) -> None:
    with trial.outage(_FIRST):
        trial.system.take_down("redis")
        trial.last(20)
        trial.system.bring_up("redis")


def fall_silent(trial: Trial) -> None:
    """It accepts connections and never answers, as long as people apply."""
    with trial.outage(_FIRST), trial.system.halted("redis"):
        trial.last(20)


def reset_connections(trial: Trial) -> None:
    for _turn in trial.times(40):
        with trial.system.redis() as client:
            for kind in ("normal", "pubsub"):
                client.execute_command("CLIENT", "KILL", "TYPE", kind)


def nothing_more(trial: Trial) -> None:
    """The surroundings are the fault."""
    trial.wait_for_share(1)


@contextmanager
def _late_acks(system: System) -> Iterator[None]:
    """And letters that take longer than the broker waits."""
    system.stack.inbox.fail(Faults(delay_seconds=2))
    with system.workers_with(DJANGO_SETTINGS_MODULE="tests.faults.settings.late_acks"):
        try:
            yield
        finally:
            system.stack.inbox.fail(Faults())


LOST = Row(
    title="Redis killed and back empty, three times",
    textbook="12 / 0, 9 answered 500",
    harm=lose,
    bar_text="0 / 0, no 500",
)
FLUSHED = Row(title="FLUSHALL, four times", textbook="11 / 0", harm=flush)
DOWN = Row(
    title="Redis down 20 s",
    textbook="32 / 0, 10 answered 500, median 10.5 s",
    harm=go_down,
    bar_text="0 / 0, no 500, answers at usual speed",
    answers_within=1.5,
    recovers_within=BACK_WITHIN,
)
SILENT = Row(
    title="Redis a black hole during submit",
    textbook="blocked for ever",
    harm=fall_silent,
    bar_text="0 / 0, answers within 3 s",
    answers_within=3,
    recovers_within=BACK_WITHIN,
)
RESET = Row(title="CLIENT KILL, 40 times", textbook="", harm=reset_connections)
LATE_ACKS = Row(
    title="late acks, visibility timeout shorter than the task",
    textbook="0 / 24",
    harm=nothing_more,
    around=_late_acks,
    patience=600,
)
ROWS = (LOST, FLUSHED, DOWN, SILENT, RESET, LATE_ACKS)
