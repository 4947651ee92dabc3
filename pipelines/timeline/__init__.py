"""What happened in a run and when: for the back office to draw and the command to print."""

from pipelines.timeline.axis import Axis, Tick, make_axis
from pipelines.timeline.lines import AttemptLine, StepLine, Timeline, timeline
from pipelines.timeline.words import clock, in_words, short

__all__ = [
    "AttemptLine",
    "Axis",
    "StepLine",
    "Tick",
    "Timeline",
    "clock",
    "in_words",
    "make_axis",
    "short",
    "timeline",
]
