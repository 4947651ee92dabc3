"""How soon what was interrupted went on: after a worker's death, and after an outage."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tests.faults.instants import STEPS
from tests.faults.ledger import Attempt, Journey

# Who records these opens those.
_NEXT = {"render_dossier": STEPS[1:2], "store_dossier": STEPS[2:]}
_CUT_SHORT = "crash"


@dataclass(frozen=True, slots=True)
class Death:
    """A worker died or was stopped, as a whole or one process of its pool, just before ``at``."""

    worker: str
    at: float
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Outage:
    """Something was away between these times that these steps need."""

    steps: tuple[str, ...]
    began: float
    ended: float

    def covers(self, moment: float) -> bool:
        return self.began <= moment <= self.ended


def takeovers(journeys: Iterable[Journey], deaths: Iterable[Death]) -> list[float]:
    """How long each attempt that a death cut short waited for the next one to begin."""
    known = sorted(deaths, key=lambda death: death.at)
    return sorted(
        following.started_at - death
        for journey in journeys
        for attempts in journey.attempts.values()
        for attempt, following in pairwise(attempts)
        if attempt.outcome == _CUT_SHORT
        for death in _death_of(attempt, following, known)
    )


def _death_of(attempt: Attempt, following: Attempt, deaths: Iterable[Death]) -> Iterator[float]:
    """When it was; the latest, if the whole worker died again before anybody could take over."""
    met = [
        death
        for death in deaths
        if death.worker == attempt.worker and attempt.started_at <= death.at <= following.started_at
    ]
    if met:
        yield max(death.at for death in met if death.is_whole or death is met[0])


def handovers(journeys: Iterable[Journey], deaths: Iterable[Death]) -> list[float]:
    """How long the next step took to begin where a death came after the record of the one before.

    Nobody sent its message.
    """
    known = list(deaths)
    return sorted(
        began - recorded.ended_at
        for journey in journeys
        for step, following in _NEXT.items()
        for recorded in journey.attempts.get(step, ())[-1:]
        for began in _first_starts(journey, following)
        if any(_falls_between(recorded, death, began) for death in known)
    )


def _first_starts(journey: Journey, steps: Iterable[str]) -> Iterator[float]:
    return (journey.attempts[step][0].started_at for step in steps if step in journey.attempts)


def _falls_between(recorded: Attempt, death: Death, began: float) -> bool:
    return death.worker == recorded.worker and recorded.ended_at <= death.at <= began


def resumptions(
    journeys: Iterable[Journey], step: str, outage: Outage, accepted_at: Mapping[str, float]
) -> list[float]:
    """How long after the outage this step went on in each run that had met it, ascending.

    Of the first step, whoever was accepted meanwhile (``accepted_at``, by run) has met it: nobody
    took its message. Of any other, whose attempt began meanwhile.
    """
    return sorted(
        moment - outage.ended
        for journey in journeys
        if _has_met(journey, step, outage, accepted_at[journey.run])
        for moment in _next_sign(journey.attempts.get(step, ()), outage)
    )


def _has_met(journey: Journey, step: str, outage: Outage, accepted_at: float) -> bool:
    if step == STEPS[0]:
        return outage.covers(accepted_at)
    return any(outage.covers(attempt.started_at) for attempt in journey.attempts.get(step, ()))


def _next_sign(attempts: Iterable[Attempt], outage: Outage) -> Iterator[float]:
    """When the step first began again, or ended well, after the outage."""
    moments = [attempt.started_at for attempt in attempts]
    moments += [attempt.ended_at for attempt in attempts if attempt.outcome == "success"]
    later = [moment for moment in moments if moment > outage.ended]
    if later:
        yield min(later)
