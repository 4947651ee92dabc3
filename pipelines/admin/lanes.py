"""A run's timeline as a drawing: one lane for each step, on one time axis."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from pipelines.models import Attempt
from pipelines.timeline import AttemptLine, Axis, StepLine, Tick, Timeline, clock, in_words
from pipelines.timeline.axis import make_axis

# In percent: whatever is drawn is seen, and many failed tries still look like many.
_LEAST_WIDTH = 0.25
_LEAST_WIDTH_OF_LAST = 0.6
_PAST = frozenset({Attempt.Outcome.RETRY, Attempt.Outcome.CRASH, Attempt.Outcome.REVOKED})
_LABEL_WIDTH = 9.0
_LAST_LABEL = 92.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a lane; ``left`` and ``width`` are SVG lengths in percent."""

    kind: str
    left: str
    width: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A mark of the axis with its text; ``is_start`` where a piece of the axis begins."""

    left: str
    text: str
    anchor: str = "start"
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    step: StepLine
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """``stages`` holds the lanes as the story groups them."""

    stages: tuple[tuple[Lane, ...], ...]
    labels: tuple[Label, ...]
    cuts: tuple[Bar, ...]
    ends_now: bool


def draw(timeline: Timeline) -> Chart:
    """The chart of a run, from its start to its end or to now."""
    axis = make_axis(timeline.run.created_at, timeline.until, _at_work(timeline))
    return Chart(
        stages=tuple(
            tuple(Lane(step, tuple(_bars(step, axis, timeline.until))) for step in stage)
            for stage in timeline.stages
        ),
        labels=tuple(_labels(axis, beside=timeline.run.created_at)),
        cuts=tuple(
            _bar("cut", axis, cut.start, cut.end, in_words(cut.length)) for cut in axis.cuts
        ),
        ends_now=timeline.is_moving,
    )


def _at_work(timeline: Timeline) -> Iterator[tuple[datetime, datetime]]:
    for step in timeline.steps:
        for attempt in step.attempts:
            if attempt.started_at:
                yield attempt.started_at, attempt.until


def _bars(step: StepLine, axis: Axis, until: datetime) -> Iterator[Bar]:
    """Pauses first, then what lies on them."""
    clusters = [*_clusters(step.attempts, axis)]
    for one, following in pairwise(clusters):
        if following[0].queued_at:
            yield _bar("pause", axis, one[-1].until, following[0].queued_at)
    if clusters and (step.next_try_at or step.is_unsent):
        yield _bar("pause", axis, clusters[-1][-1].until, until)
    for cluster in clusters:
        yield from _of_cluster(cluster, axis)


def _clusters(attempts: Iterable[AttemptLine], axis: Axis) -> Iterator[list[AttemptLine]]:
    """Past attempts that ended alike, and whose bars would lie on one another, together.

    A step that waits out an outage makes 360 attempts an hour.
    """
    cluster: list[AttemptLine] = []
    edge = 0.0
    for attempt in attempts:
        left = axis.position(attempt.queued_at or attempt.until)
        if cluster and not (left < edge and attempt.state == cluster[0].state in _PAST):
            yield cluster
            cluster = []
        if not cluster:
            edge = left + _LEAST_WIDTH
        cluster.append(attempt)
    if cluster:
        yield cluster


def _of_cluster(cluster: Sequence[AttemptLine], axis: Axis) -> Iterator[Bar]:
    first, until = cluster[0], cluster[-1].until
    title = _title(first) if len(cluster) == 1 else _title_of_many(cluster)
    if first.queued_at:
        yield _bar("waiting", axis, first.queued_at, first.started_at or first.until, title)
    if first.started_at:
        yield _bar(first.state, axis, first.started_at, until, title)
    elif first.ended_at:
        yield _bar(first.state, axis, first.ended_at, until, title)


def _title_of_many(cluster: Sequence[AttemptLine]) -> str:
    return _("Attempts %(first)d to %(last)d: %(label)s") % {
        "first": cluster[0].number,
        "last": cluster[-1].number,
        "label": cluster[0].label,
    }


def _title(attempt: AttemptLine) -> str:
    parts = [
        _("Attempt %(number)d: %(label)s") % {"number": attempt.number, "label": attempt.label}
    ]
    if attempt.waited is not None:
        parts.append(_("waited %s") % in_words(attempt.waited))
    if attempt.worked is not None:
        parts.append(_("worked %s") % in_words(attempt.worked))
    return ", ".join(parts)


def _bar(kind: str, axis: Axis, start: datetime, end: datetime, title: str = "") -> Bar:
    least = _LEAST_WIDTH if kind in _PAST else _LEAST_WIDTH_OF_LAST
    width = max(axis.position(end) - axis.position(start), least)
    left = min(axis.position(start), 100 - width)
    return Bar(kind, f"{left:.2f}%", f"{width:.2f}%", title)


def _labels(axis: Axis, *, beside: datetime) -> Iterator[Label]:
    """The axis's marks, as far as their texts do not run into one another or over the end."""
    ticks = sorted(axis.ticks(), key=lambda tick: (bool(tick.offset), tick.position))
    taken: list[float] = []
    for tick in ticks:
        if all(abs(tick.position - other) >= _LABEL_WIDTH for other in taken):
            taken.append(tick.position)
            yield _label(tick, beside)
            beside = beside if tick.offset else tick.moment


def _label(tick: Tick, beside: datetime) -> Label:
    text = f"+{in_words(tick.offset)}" if tick.offset else clock(tick.moment, beside=beside)
    anchor = "end" if tick.position > _LAST_LABEL else "start"
    return Label(f"{tick.position:.2f}%", text, anchor, is_start=not tick.offset)
