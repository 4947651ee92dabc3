"""The arithmetic of a comparison."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TypeVar

T = TypeVar("T")


class Side(Enum):
    """On which side of a target the good values are."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    BELOW = "<"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is to reach."""

    side: Side
    value: float

    @classmethod
    def at_most(cls, value: float) -> "Target":
        return cls(Side.AT_MOST, value)

    @classmethod
    def at_least(cls, value: float) -> "Target":
        return cls(Side.AT_LEAST, value)

    @classmethod
    def below(cls, value: float) -> "Target":
        return cls(Side.BELOW, value)

    def is_met_by(self, figure: float) -> bool:
        match self.side:
            case Side.AT_MOST:
                return figure <= self.value
            case Side.AT_LEAST:
                return figure >= self.value
            case Side.BELOW:
                return figure < self.value

    def __str__(self) -> str:
        return f"{self.side.value} {self.value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Ours beside another's, one value of each for each round, in the same ``unit``."""

    name: str
    unit: str
    ours: Sequence[float]
    others: Sequence[float]
    beside: str
    target: Target | None = None

    @property
    def ratios(self) -> list[float]:
        """Ours by the other's, round for round: what disturbs a round disturbs both."""
        return [ours / other for ours, other in zip(self.ours, self.others, strict=True)]

    @property
    def figure(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio."""
        return min(self.ratios), max(self.ratios)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that stands by itself, such as what each document adds to a process's memory."""

    name: str
    unit: str
    figure: float
    target: Target | None = None


Finding = Comparison | Figure


def p95(values: Sequence[float]) -> float:
    """The 95th percentile by nearest rank: a value that occurred."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def by_turns(rounds: int, *measures: Callable[[], T]) -> list[list[T]]:
    """Call the measures in turn (A B A B ...); for each, its values in their order."""
    results: list[list[T]] = [[] for _measure in measures]
    for _round in range(rounds):
        for values, measure in zip(results, measures, strict=True):
            values.append(measure())
    return results
