"""The object store, the database and the web server; and impatient people."""

from dataclasses import replace

from django_celery.local.stack import Engine
from tests.faults.trial import BACK_WITHIN, Row, Trial


def refuse_storage(trial: Trial) -> None:
    with trial.outage("store_dossier"):
        trial.system.take_down("s3")
        trial.last(20)
        trial.system.bring_up("s3")


def hang_storage(trial: Trial) -> None:
    with trial.outage("store_dossier"), trial.system.halted("s3"):
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


REFUSING = Row(
    title="S3 refuses for 20 s",
    textbook="172 / 0",
    harm=refuse_storage,
    recovers_within=BACK_WITHIN,
)
HANGING = Row(
    title="S3 hangs for 20 s",
    textbook="",
    harm=hang_storage,
    recovers_within=BACK_WITHIN,
)
DATABASE = Row(
    title="database restarted twice",
    textbook="3 / 0, 43 answered 500",
    harm=restart_database,
    bar_text="0 / 0 of the accepted",
    allows_503=True,
)
WEB = Row(title="web server killed with -9, eight times", textbook="0 / 0", harm=kill_web)
TWICE = Row(
    title="every form posted twice at once",
    textbook="0 / 400, 200 double rows",
    harm=let_them,
    at_once=2,
    bar_text="0 / 0, no double row",
)
ROWS = (
    REFUSING,
    HANGING,
    DATABASE,
    WEB,
    TWICE,
    replace(TWICE, title=f"{TWICE.title}, on SQLite", engine=Engine.SQLITE, share=0.5),
)
