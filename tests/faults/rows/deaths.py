"""Workers killed at each instant of each step, whatever they are doing."""

from collections.abc import Callable
from dataclasses import replace

from django_celery.local.stack import Engine
from tests.faults.bars import (
    HANDED_OVER,
    NONE_TWICE,
    SENT_AGAIN_ONCE,
    SHOWN,
    SOME_HELD,
    TAKEN_OVER,
    struck,
)
from tests.faults.instants import INSTANTS, MAIL, STEPS, Instant
from tests.faults.row import Row
from tests.faults.rows.mail import under
from tests.faults.trial import Trial

# Two deaths are over long before the two hundredth has pressed the button.
_ENOUGH = 0.15


def die_at(*instants: Instant) -> Callable[[Trial], None]:
    """A death at each of these instants, one in a short run."""

    def harm(trial: Trial) -> None:
        for instant in instants[:1] if trial.short else instants:
            trial.system.arm(instant.name)
            trial.system.wait_for_strike(instant.name)
            trial.note_death(instant.worker)
            trial.struck += 1

    return harm


def _row(*instants: Instant) -> Row:
    return Row(
        title=f"killed {instants[0].text}",
        harm=die_at(*instants),
        felt=struck("deaths there"),
        recovery=TAKEN_OVER,
        share=_ENOUGH,
    )


def _twice(name: str) -> Row:
    return _row(INSTANTS[name], INSTANTS[name])


def _in_each_letter(place: str) -> Row:
    """At HR's and at the applicant's."""
    return _row(*(INSTANTS[f"{place}.{step}"] for step in MAIL))


def _after_the_record(step: str) -> Row:
    """What is interrupted is the step's successor; a letter's has none."""
    recovery = None if step in MAIL else HANDED_OVER
    return replace(_twice(f"recorded.{step}"), recovery=recovery)


AT = {
    **{f"claimed.{step}": _twice(f"claimed.{step}") for step in STEPS},
    "rendered": _twice("rendered.render_dossier"),
    "kept": _twice("kept.render_dossier"),
    "put": _twice("put.store_dossier"),
    "cleared": _twice("cleared.store_dossier"),
    **{place: _in_each_letter(place) for place in ("intent", "dot", "reply", "letter")},
    **{f"recorded.{step}": _after_the_record(step) for step in STEPS},
}
_IN_DOUBT = tuple(
    INSTANTS[name] for name in ("intent.email_hr", "dot.email_applicant", "reply.email_hr")
)
RESENT = replace(
    _row(*_IN_DOUBT),
    title="killed after the intent, the dot and the 250: resend_once",
    around=under("resend_once"),
    ending=SHOWN,
    bars=(SENT_AGAIN_ONCE,),
)
HELD = replace(
    _row(*_IN_DOUBT),
    title="killed after the intent, the dot and the 250: hold",
    around=under("hold"),
    ending=SHOWN,
    bars=(NONE_TWICE, SOME_HELD),
)
_ON_SQLITE = tuple(
    replace(AT[name], title=f"{AT[name].title}, on SQLite", engine=Engine.SQLITE)
    for name in ("reply", "recorded.store_dossier")
)
ROWS = (*AT.values(), *_ON_SQLITE, RESENT, HELD)
