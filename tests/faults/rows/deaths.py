"""Workers killed at each instant of each step, whatever they are doing."""

from collections.abc import Callable
from dataclasses import replace

from tests.faults.instants import INSTANTS, STEPS
from tests.faults.rows.mail import held, sent_again_once, under
from tests.faults.system import WORKERS, wait_for
from tests.faults.trial import ELSEWHERE_WITHIN, Row, Trial

_IN_DOUBT = ("intent", "dot", "reply")
# Two deaths are over long before the two hundredth has pressed the button.
_ENOUGH = 0.2


def die_at(*names: str) -> Callable[[Trial], None]:
    """Two deaths at each of these instants, one in a short run."""

    def harm(trial: Trial) -> None:
        for name in names:
            for _turn in range(1 if trial.short else 2):
                _die(trial, name)
        for worker in WORKERS:
            trial.system.wait_until_up(worker)

    return harm


def _die(trial: Trial, name: str) -> None:
    trial.system.arm(name)

    def has_struck() -> bool:
        for worker in WORKERS:
            trial.system.overrule(worker)
        return trial.system.has_struck(name)

    wait_for(has_struck, f"dead {INSTANTS[name]}", limit=90)
    trial.note_death(_worker(name))


def _worker(name: str) -> str:
    """Whose step the instant belongs to."""
    step = name.partition(".")[2]
    return "render" if step == STEPS[0] or name in {"rendered", "kept"} else "deliver"


def _row(name: str) -> Row:
    return Row(
        title=f"killed {INSTANTS[name]}",
        textbook="",
        harm=die_at(name),
        bar_text="0 / 0 with evidence",
        share=_ENOUGH,
        recovers_within=ELSEWHERE_WITHIN,
    )


AT = {name: _row(name) for name in INSTANTS}
RESENT = replace(
    AT["reply"],
    title="killed after the intent, the dot and the 250: resend_once",
    harm=die_at(*_IN_DOUBT),
    around=under("resend_once"),
    bar=sent_again_once,
    bar_text="a second copy at most, noted; the doubtful shown",
)
HELD = replace(
    AT["reply"],
    title="killed after the intent, the dot and the 250: hold",
    harm=die_at(*_IN_DOUBT),
    around=under("hold"),
    bar=held,
    bar_text="0 twice, the doubtful shown",
)
ROWS = (*AT.values(), RESENT, HELD)
