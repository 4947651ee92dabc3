"""How states, moments and durations of runs are written on the back office's pages."""

from datetime import datetime, timedelta

from django import template

from pipelines import timeline
from pipelines.models import Attempt, Run, StepRun

register = template.Library()

# Names of Material Symbols, the icon font that Unfold brings.
_ICONS: dict[str, str] = {
    Run.Status.ACTIVE: "play_circle",
    Run.Status.DONE: "check_circle",
    Run.Status.FAILED: "error",
    Run.Status.CANCELLED: "cancel",
    StepRun.Status.PENDING: "radio_button_unchecked",
    StepRun.Status.SENT: "hourglass_top",
    StepRun.Status.STARTED: "play_circle",
    StepRun.Status.SUCCESS: "check_circle",
    Attempt.Outcome.RETRY: "update",
    Attempt.Outcome.FAILURE: "error",
    Attempt.Outcome.CRASH: "power_off",
    Attempt.Outcome.REVOKED: "block",
}


@register.filter
def icon(state: str) -> str:
    """The symbol for the status of a run or a step, or for the outcome of an attempt."""
    return _ICONS[state]


@register.filter
def short(run: Run) -> str:
    return timeline.short(run)


@register.filter
def in_words(length: timedelta) -> str:
    return timeline.in_words(length)


@register.filter
def clock(moment: datetime, beside: datetime) -> str:
    return timeline.clock(moment, beside=beside)
