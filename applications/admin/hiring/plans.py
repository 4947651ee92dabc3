"""What was planned for an application, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, PlannedLetter, PlannedMove
from applications.pipeline import planned_letter
from pipelines.models import Run

_WORDS: dict[str, str | Promise] = {
    "waiting": _("waits for its time"),
    "cancelled": _("cancelled"),
    "working": _("on its way"),
    "sent": _("sent"),
    "failed": _("needs a person"),
    "moved": _("done"),
    "refused": _("not done"),
}
_RUN_STATES: dict[str, str] = {
    Run.Status.ACTIVE: "working",
    Run.Status.DONE: "sent",
    Run.Status.FAILED: "failed",
    Run.Status.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Plan:
    """``kind`` is letter or move, ``state`` a key of the words above."""

    planned: PlannedLetter | PlannedMove
    kind: str
    state: str

    @property
    def words(self) -> str | Promise:
        return _WORDS[self.state]


def plans_of(application: Application) -> Sequence[Plan]:
    """All that was ever planned for it, what is due last first. Three queries at most."""
    letters = list(PlannedLetter.objects.filter(application=application).select_related("by"))
    moves = list(PlannedMove.objects.filter(application=application).select_related("by"))
    runs = _runs(letters)
    plans = [
        *(Plan(letter, "letter", _of_letter(letter, runs)) for letter in letters),
        *(Plan(move, "move", _of_move(move)) for move in moves),
    ]
    return sorted(plans, key=lambda plan: plan.planned.due_at, reverse=True)


def _runs(letters: Sequence[PlannedLetter]) -> Mapping[str, str]:
    subjects = [str(letter.pk) for letter in letters if letter.begun_at]
    runs = Run.objects.filter(pipeline=planned_letter.name, subject_id__in=subjects)
    return dict(runs.values_list("subject_id", "status"))


def _of_letter(letter: PlannedLetter, runs: Mapping[str, str]) -> str:
    if letter.begun_at:
        return _RUN_STATES[runs.get(str(letter.pk), Run.Status.ACTIVE)]
    return "cancelled" if letter.cancelled_at else "waiting"


def _of_move(move: PlannedMove) -> str:
    if move.begun_at:
        return "refused" if move.refusal else "moved"
    return "cancelled" if move.cancelled_at else "waiting"
