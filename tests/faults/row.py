"""A row of the table: what it breaks, how it is carried out, and what it is held to."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache

from django_celery.local.delivery import object_keys
from django_celery.local.sample import SampleApplicant, sample_applicant
from django_celery.local.stack import Engine
from tests.faults import bars, watching
from tests.faults.bars import Bar, Felt, Recovery
from tests.faults.counting import Post, Verdict, count
from tests.faults.instants import POISON
from tests.faults.load import RATE, Crowd, people
from tests.faults.outcome import Ending, Outcome
from tests.faults.site import Site
from tests.faults.system import System
from tests.faults.trial import Trial

# In a short run all come at once, so that there is always somebody to hurt.
_BURST = 40.0

_numbers = itertools.count(1)

Around = Callable[[System], AbstractContextManager[object]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table.

    ``textbook`` is what the customary chain did, in the words of the issue. ``harm`` runs while
    people apply, inside ``around``; ``felt`` proves that it met somebody. ``ending`` says how an
    accepted application may end; ``bars`` and ``recovery`` are what the row is held to besides
    what every row is. ``share`` is how much of the usual crowd is enough to show it, ``poisons``
    the steps that one more person kills each. ``allowed`` are answers (0: none) that the fault
    itself gives. ``deafens_flower``: Flower or its connection was away, so it has a gap.
    """

    title: str
    harm: Callable[[Trial], None]
    felt: Felt
    textbook: str = ""
    ending: Ending = bars.COMPLETE
    bars: tuple[Bar, ...] = (bars.NONE_TWICE,)
    recovery: Recovery | None = None
    around: Around = lambda _system: nullcontext()
    engine: Engine = Engine.POSTGRESQL
    at_once: int = 1
    rate: float = RATE
    share: float = 1.0
    poisons: tuple[str, ...] = ()
    allowed: frozenset[int] = frozenset()
    deafens_flower: bool = False
    patience: float = 300

    @property
    def all_bars(self) -> Iterator[Bar]:
        """Those of every row, too."""
        yield Bar(self.ending.text, bars.none_lost)
        yield from self.bars
        if self.recovery:
            yield Bar(self.recovery.text, bars.goes_on(self.recovery), is_timed=True)
        yield Bar("", bars.all_accepted)
        yield Bar("", bars.answers_only(self.allowed))
        yield Bar("", bars.was_felt(self.felt))
        yield Bar("", bars.flower_agrees)


@dataclass(frozen=True, kw_only=True)
class Result:
    """A row's outcome, and each way in which it missed a bar; ``late`` depends on the machine."""

    row: Row
    outcome: Outcome
    notes: tuple[str, ...]
    misses: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def met(self) -> str:
        """Whom the fault has met."""
        return f"{self.row.felt.count(self.outcome)} {self.row.felt.what}"

    @property
    def recovery(self) -> list[float]:
        """Each time that it took to go on, ascending; none where the row is not held to any."""
        return list(self.row.recovery.times(self.outcome)) if self.row.recovery else []


def carry_out(row: Row, system: System, *, applications: int, short: bool = False) -> Result:
    """Do to the system what the row says, count, and judge. Afterwards the system is well."""
    site = Site(system.stack.ports["web"])
    rate = max(row.rate, _BURST) if short else row.rate
    crowd = Crowd(site, _people(row, applications), rate=rate, at_once=row.at_once)
    trial = Trial(system, crowd, site, short=short)
    outcome = Outcome(verdict=Verdict(asked=len(crowd.people)), ending=row.ending)
    with trial.contained():
        outcome = _run(row, trial)
    with trial.contained():
        system.heal()
    return _judge(row, trial, outcome)


def _run(row: Row, trial: Trial) -> Outcome:
    stack = trial.system.stack
    mail, keys = stack.inbox.tally(), object_keys(stack.bucket)
    with row.around(trial.system):
        _break(row, trial)
    accepted = trial.crowd.accepted
    verdict = count(stack, trial.site, accepted, asked=len(trial.crowd.people), keys_before=keys)
    return Outcome(
        verdict=verdict,
        ending=row.ending,
        deaths=trial.deaths,
        outages=trial.outages,
        struck=trial.struck,
        mail=stack.inbox.tally().since(mail),
        false_claims=watching.settle(
            trial.system,
            verdict.journeys,
            {fate.accepted.page: fate.page for fate in verdict.fates},
            since=trial.began,
            has_missed=row.deafens_flower,
        ),
    )


def _break(row: Row, trial: Trial) -> None:
    trial.crowd.start()
    try:
        with trial.contained():
            row.harm(trial)
        if trial.troubles:
            trial.system.heal()
    finally:
        trial.crowd.finish()
    pages = (each.page for each in trial.crowd.accepted)
    trial.site.wait_for_arrival(pages, limit=row.patience)


def _people(row: Row, applications: int) -> list[SampleApplicant]:
    name = f"row{next(_numbers)}"
    poisoned = [people(_sample(), f"{POISON[step]}{name}", 1) for step in row.poisons]
    return [*itertools.chain.from_iterable(poisoned), *people(_sample(), name, applications)]


@cache
def _sample() -> SampleApplicant:
    return sample_applicant()


def _judge(row: Row, trial: Trial, outcome: Outcome) -> Result:
    found = [(bar.is_timed, miss) for bar in row.all_bars for miss in bar.misses(outcome)]
    return Result(
        row=row,
        outcome=outcome,
        notes=(*trial.notes, *_slowest(outcome)),
        misses=(*trial.troubles, *(miss for is_timed, miss in found if not is_timed)),
        late=tuple(miss for is_timed, miss in found if is_timed),
    )


def _slowest(outcome: Outcome) -> Iterator[str]:
    """The bar is for the first that went on after an outage; the last tells of the backlog."""
    if outcome.resumptions:
        yield f"the last after {max(times[-1] for times in outcome.resumptions):.1f} s"


def recount(results: Sequence[Result], system: System) -> list[Result]:
    """The same results, with a miss for each letter that came after its row was counted."""
    post = Post(system.stack)
    return [_with_late_copies(result, post) for result in results]


def _with_late_copies(result: Result, post: Post) -> Result:
    fates = result.outcome.verdict.fates
    now = sum(post.letters(fate.accepted, fate.page).doubled for fate in fates)
    if now <= result.outcome.verdict.doubled:
        return result
    miss = f"{now - result.outcome.verdict.doubled} letters came twice after the row was counted"
    return replace(result, misses=(*result.misses, miss))
