"""A time axis from 0 to 100 percent, on which long quiet stretches are cut short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

Span = tuple[datetime, datetime]

# A quiet stretch is cut if it is this long and leaves less than a quarter for all the rest.
_WORTH_CUTTING = timedelta(minutes=1)
_DOMINANT = 0.75
_CUT_WIDTH = 12.0  # percent
_FOR_ALL_CUTS = 60.0

_STEPS = (
    *(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200),
)
_DAY = 86_400
_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of time and where it lies, in percent. Inside it, time runs evenly."""

    start: datetime
    end: datetime
    left: float
    width: float
    is_cut: bool

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def position(self, moment: datetime) -> float:
        return self.left + self.width * ((moment - self.start) / self.length)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis; ``offset`` is counted from the start of its piece."""

    position: float
    moment: datetime
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Axis:
    """Its pieces lie end to end, from 0 to 100 percent."""

    pieces: tuple[Piece, ...]

    def position(self, moment: datetime) -> float:
        """Where a moment lies, in percent; what is before or after lies on the edge."""
        if moment <= self.pieces[0].start:
            return 0.0
        for piece in self.pieces:
            if moment <= piece.end:
                return piece.position(moment)
        return 100.0

    @property
    def cuts(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.is_cut)

    def ticks(self) -> Iterator[Tick]:
        """The start of each piece that is not a cut, and round offsets inside it."""
        pieces = [piece for piece in self.pieces if not piece.is_cut]
        step = _round_step(sum((piece.length for piece in pieces), timedelta()))
        for piece in pieces:
            for count in range(int(piece.length / step) + 1):
                offset = count * step
                moment = piece.start + offset
                yield Tick(piece.position(moment), moment, offset)


def _round_step(length: timedelta) -> timedelta:
    """The smallest round step that divides a length into few parts."""
    wanted = length.total_seconds() / _TICKS
    for seconds in _STEPS:
        if seconds >= wanted:
            return timedelta(seconds=seconds)
    return timedelta(days=int(wanted / _DAY) + 1)


def make_axis(start: datetime, end: datetime, busy: Iterable[Span]) -> Axis:
    """The axis from ``start`` to ``end``; nothing inside a ``busy`` span is cut."""
    end = max(end, start + timedelta(milliseconds=1))
    cuts = sorted(_cuts(_quiet(start, end, busy), end - start))
    spans = [*_around(cuts, start, end)]
    widths = _widths(spans, cuts)
    lefts = accumulate(widths, initial=0.0)
    return Axis(
        tuple(
            Piece(start=span[0], end=span[1], left=left, width=width, is_cut=span in cuts)
            for span, left, width in zip(spans, lefts, widths, strict=False)
        )
    )


def _widths(spans: list[Span], cuts: list[Span]) -> list[float]:
    """In percent: the same for each cut; what they leave is shared out by length."""
    for_cut = min(_CUT_WIDTH, _FOR_ALL_CUTS / max(len(cuts), 1))
    room = 100 - for_cut * len(cuts)
    shown = sum((_length(span) for span in spans if span not in cuts), timedelta())
    return [for_cut if span in cuts else room * (_length(span) / shown) for span in spans]


def _length(span: Span) -> timedelta:
    return span[1] - span[0]


def _quiet(start: datetime, end: datetime, busy: Iterable[Span]) -> Iterator[Span]:
    """What lies between the busy spans."""
    for since, until in sorted(busy):
        if since > start:
            yield start, since
        start = max(start, until)
    if end > start:
        yield start, end


def _cuts(quiet: Iterable[Span], total: timedelta) -> Iterator[Span]:
    """The quiet spans beside which all the rest would be too small to see, the longest first."""
    for span in sorted(quiet, key=_length, reverse=True):
        length = _length(span)
        if length < max(_WORTH_CUTTING, _DOMINANT * total) or length == total:
            return
        total -= length
        yield span


def _around(cuts: Iterable[Span], start: datetime, end: datetime) -> Iterator[Span]:
    """The whole stretch as the cuts divide it."""
    for since, until in cuts:
        if since > start:
            yield start, since
        yield since, until
        start = until
    if end > start:
        yield start, end
