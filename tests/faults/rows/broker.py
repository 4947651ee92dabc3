"""Redis killed, emptied, down, silent and rude; messages that come twice."""

from contextlib import AbstractContextManager
from typing import cast

from redis import Redis

from django_celery.local.inbox.faults import Faults
from tests.faults import redelivery
from tests.faults.bars import (
    AT_USUAL_SPEED,
    MET_OUTAGE,
    NONE_TWICE,
    RESUMED,
    answers_within,
    struck,
)
from tests.faults.row import Row
from tests.faults.system import WORKERS, System
from tests.faults.trial import Trial
from tests.faults.waiting import wait_for

_FIRST = "render_dossier"
# Applications per second: fewer than are rendered. Who applies while the broker is away waits for
# its return then, and not for a backlog from before.
_CALM = 2.0
_QUEUES = ("render", "render.again", "deliver", "deliver.again")


def lose(trial: Trial) -> None:
    """Killed, and back with nothing in it."""
    for _turn in trial.times(3):
        trial.struck += _wait_for_messages(trial)
        trial.system.lose_redis()


def flush(trial: Trial) -> None:
    for _turn in trial.times(4):
        _wait_for_messages(trial)
        with trial.system.redis() as client:
            trial.struck += _flush(client)


def _wait_for_messages(trial: Trial) -> int:
    """How many there are, as soon as there are some; none when there is nothing to do."""
    with trial.system.redis() as client:
        wait_for(lambda: _waiting(client) or trial.is_over, "on the broker: messages", each=0.005)
        return _waiting(client)


def _waiting(client: Redis) -> int:
    return sum(cast(int, client.llen(queue)) for queue in _QUEUES)


def _flush(client: Redis) -> int:
    """How many messages there were, counted in the same transaction."""
    with client.pipeline() as together:
        for queue in _QUEUES:
            together.llen(queue)
        together.flushall()
        *lengths, _done = together.execute()
    return sum(lengths)


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
                trial.struck += cast(int, client.execute_command("CLIENT", "KILL", "TYPE", kind))


def deliver_again(trial: Trial) -> None:
    """The surroundings are the fault, with letters that take longer than the broker waits."""
    with trial.system.mail(Faults(delay_seconds=2)):
        trial.wait_until_over(limit=600)
    # Before the workers are started again, and their output with them.
    outputs = (trial.system.stack[worker].output for worker in WORKERS)
    trial.struck += sum(output.count(redelivery.WORDS) for output in outputs)


def _late_acks(system: System) -> AbstractContextManager[None]:
    return system.workers_with(DJANGO_SETTINGS_MODULE="tests.faults.settings.late_acks")


LOST = Row(
    title="Redis killed and back empty, three times",
    textbook="12 / 0, 9 answered 500",
    harm=lose,
    felt=struck("messages lost"),
    deafens_flower=True,
)
FLUSHED = Row(
    title="FLUSHALL, four times",
    textbook="11 / 0",
    harm=flush,
    felt=struck("messages lost"),
    deafens_flower=True,
)
DOWN = Row(
    title="Redis down 20 s",
    textbook="32 / 0, 10 answered 500, median 10.5 s",
    harm=go_down,
    felt=MET_OUTAGE,
    bars=(NONE_TWICE, AT_USUAL_SPEED),
    recovery=RESUMED,
    deafens_flower=True,
    share=0.3,
    rate=_CALM,
)
SILENT = Row(
    title="Redis a black hole during submit",
    textbook="blocked for ever",
    harm=fall_silent,
    felt=MET_OUTAGE,
    bars=(NONE_TWICE, answers_within(3)),
    recovery=RESUMED,
    deafens_flower=True,
    share=0.3,
    rate=_CALM,
)
RESET = Row(
    title="CLIENT KILL, 40 times",
    harm=reset_connections,
    felt=struck("connections reset"),
    deafens_flower=True,
    share=0.5,
)
LATE_ACKS = Row(
    title="late acks, visibility timeout shorter than the task",
    textbook="0 / 24",
    harm=deliver_again,
    felt=struck("messages delivered again"),
    around=_late_acks,
    share=0.3,
    patience=600,
)
ROWS = (LOST, FLUSHED, DOWN, SILENT, RESET, LATE_ACKS)
