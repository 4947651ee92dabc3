"""The object store, the database and the web server; and impatient people."""

from collections.abc import Iterable
from dataclasses import replace

from django_celery.local.stack import Engine
from tests.faults.bars import MET_OUTAGE, RESUMED, Felt
from tests.faults.load import ACCEPTED, RATE
from tests.faults.outcome import Outcome
from tests.faults.row import Row
from tests.faults.site import NO_ANSWER
from tests.faults.trial import Trial

_STORING = "store_dossier"
_AWAY = 503


def refuse_storage(trial: Trial) -> None:
    with trial.outage(_STORING):
        trial.system.take_down("s3")
        trial.last(20)
        trial.system.bring_up("s3")


def hang_storage(trial: Trial) -> None:
    with trial.outage(_STORING), trial.system.halted("s3"):
        trial.last(20)


def restart_database(trial: Trial) -> None:
    """Once in good order, and once with no time for it."""
    for turn in trial.times(2):
        if turn:
            trial.system.take_down("postgres")
        else:
            trial.system.stack["postgres"].stop()
        trial.system.bring_up("postgres")


def kill_web(trial: Trial) -> None:
    for _turn in trial.times(8):
        trial.system.wait_until_up("web")
        trial.system.kill("web")
    trial.system.wait_until_up("web")


def let_them(trial: Trial) -> None:
    """People are enough of a fault."""
    trial.wait_for_share(1)


def _answered(what: str, statuses: Iterable[int]) -> Felt:
    wanted = frozenset(statuses)
    return Felt(what, lambda outcome: sum(map(outcome.verdict.answered, wanted)))


def _posted_again(outcome: Outcome) -> int:
    return outcome.verdict.answered(ACCEPTED) - outcome.verdict.accepted


REFUSING = Row(
    title="S3 refuses for 20 s",
    textbook="172 / 0",
    harm=refuse_storage,
    felt=MET_OUTAGE,
    recovery=RESUMED,
)
HANGING = Row(
    title="S3 hangs for 20 s",
    harm=hang_storage,
    felt=MET_OUTAGE,
    recovery=RESUMED,
    share=0.5,
    rate=RATE / 2,
)
DATABASE = Row(
    title="database restarted twice",
    textbook="3 / 0, 43 answered 500",
    harm=restart_database,
    felt=_answered("answers to come again", {_AWAY, NO_ANSWER}),
    allowed=frozenset({_AWAY, NO_ANSWER}),
)
WEB = Row(
    title="web server killed with -9, eight times",
    textbook="0 / 0",
    harm=kill_web,
    felt=_answered("connections lost", {NO_ANSWER}),
    allowed=frozenset({NO_ANSWER}),
    share=0.5,
    rate=RATE / 2,
)
TWICE = Row(
    title="every form posted twice at once",
    textbook="0 / 400, 200 double rows",
    harm=let_them,
    felt=Felt("second posts taken", _posted_again),
    at_once=2,
)
ROWS = (
    REFUSING,
    HANGING,
    DATABASE,
    WEB,
    replace(WEB, title=f"{WEB.title}, on SQLite", engine=Engine.SQLITE, share=0.3),
    TWICE,
    replace(TWICE, title=f"{TWICE.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
)
