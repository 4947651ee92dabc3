"""One row: people apply while something breaks, and what became of it is counted."""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial

from django_celery.local.delivery import object_keys
from django_celery.local.sample import SampleApplicant, sample_applicant
from django_celery.local.stack import Engine
from tests.faults.counting import (
    Fate,
    Page,
    Verdict,
    count,
    read_page,
    read_pages,
    started,
    steps_named,
    wait_for_arrival,
)
from tests.faults.load import Crowd, people
from tests.faults.system import System, TooLate, wait_for

_MAIL = ("email_hr", "email_applicant")
STEPS = ("render_dossier", "store_dossier", *_MAIL)
STEPS_OF = {"render": STEPS[:1], "deliver": STEPS[1:]}

BACK_WITHIN = 15.0
ELSEWHERE_WITHIN = 30.0

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Victim:
    """An attempt that was at work when its worker was hurt."""

    page: str
    worker: str
    step: str
    attempt: int
    at: float


class Trial:
    """A system, the people who apply to it meanwhile, and what happens to whom.

    ``short`` asks for as much harm as shows the point, and no more.
    """

    def __init__(self, system: System, crowd: Crowd, *, short: bool) -> None:
        self.system = system
        self.crowd = crowd
        self.short = short
        self.notes: list[str] = []
        self.troubles: list[str] = []
        self.victims: list[Victim] = []
        self.waits: list[tuple[str, float]] = []
        self._deaths: list[tuple[str, float]] = []
        self._ended: set[str] = set()

    # --- the course of things -----------------------------------------------------------------

    def suffer(self, harm: "Callable[[Trial], None]") -> None:
        """Let it happen. If it does not take the course that it should, that is remembered."""
        try:
            harm(self)
        except TooLate as trouble:
            self.troubles.append(str(trouble))
            self.system.heal()

    def wait_for_share(self, share: float) -> None:
        """Return when this share of the people have pressed the button."""
        wanted = max(1, round(share * len(self.crowd.people)))
        wait_for(lambda: self.crowd.begun >= wanted, "so many applications", limit=600)

    def times(self, number: int) -> Iterator[int]:
        """So many times, spread evenly over the crowd; a fifth of them in a short run."""
        number = max(1, number // 5) if self.short else number
        for turn in range(number):
            self.wait_for_share((turn + 0.5) / number)
            yield turn

    @contextmanager
    def outage(self, *steps: str) -> Iterator[None]:
        """Inside the block something is away that these steps need; its end brings it back.

        From then on counts how long they still wait.
        """
        self.wait_for_share(0.25)
        yield
        self.waits.extend((step, time.time()) for step in steps)

    def wait_until_begun(self, steps: Iterable[str]) -> None:
        """Return when these steps have been tried for everybody who is accepted."""
        self.wait_for_share(1)
        self.crowd.finish()
        for each in self.crowd.accepted:
            is_begun = partial(self._is_begun, each.page, steps)
            wait_for(is_begun, "so many steps begun", limit=300)

    def _is_begun(self, page: str, steps: Iterable[str]) -> bool:
        found = read_page(self.system.stack, page)
        return all(step["attempts"] for step in steps_named(found, steps))

    def wait_until_arrived(self) -> None:
        """Return when everybody is accepted and nothing is on its way any more."""
        self.wait_for_share(1)
        self.crowd.finish()
        wait_for_arrival(self.system.stack, self.crowd.accepted, limit=300)

    def last(self, seconds: float) -> None:
        """The fault lasts so long, or a fifth of it in a short run."""
        time.sleep(seconds / 5 if self.short else seconds)

    # --- who was at work ----------------------------------------------------------------------

    def note_death(self, worker: str) -> None:
        """A worker has died as a whole a moment ago; who was it working for?"""
        self._deaths.append((worker, time.time()))
        self.note_victims(worker)

    def note_victims(self, worker: str) -> list[Victim]:
        """Those for whom this worker was at work when it, or a part of it, died a moment ago.

        Their pages still say "started", for as long as a lease lasts. A step that a new worker has
        begun since is noted too, and told from them later: it needed no further attempt.
        """
        now = time.time()
        left = [each for each in self.crowd.accepted if each.page not in self._ended]
        pages = read_pages(self.system.stack, left)
        self._ended |= {page for page, found in pages.items() if found["status"] != "active"}
        victims = [
            Victim(page, worker, step["name"], step["attempts"], now)
            for page, found in pages.items()
            for step in steps_named(found, STEPS_OF[worker])
            if step["status"] == "started"
        ]
        self.victims += victims
        return victims

    def elsewhere(self, pages: dict[str, Page]) -> float | None:
        """The longest that a killed attempt waited for its next one to begin.

        Where its worker died once more meanwhile, nobody was there who could have begun it.
        """
        found = [wait for each in self.victims for wait in self._wait_of(each, pages[each.page])]
        return max(found, default=None)

    def _wait_of(self, victim: Victim, page: Page) -> list[float]:
        """Known only if the very next attempt was the last."""
        (step,) = steps_named(page, (victim.step,))
        begun = started(step)
        again = any(
            worker == victim.worker and victim.at < at < begun for worker, at in self._deaths
        )
        is_next = step["attempts"] == victim.attempt + 1
        return [begun - victim.at] if is_next and not again else []

    def back(self, pages: dict[str, Page]) -> float | None:
        """How long after an outage's end the first waiting step began, the longest of them."""
        found = [wait for name, end in self.waits for wait in self._first(name, end, pages)]
        return max(found, default=None)

    def _first(self, name: str, end: float, pages: dict[str, Page]) -> list[float]:
        waiting = (each.page for each in self.crowd.accepted if each.at < end)
        steps = (step for page in waiting for step in steps_named(pages[page], (name,)))
        begun = (started(step) for step in steps if _has_waited(step))
        return sorted(moment - end for moment in begun if moment >= end)[:1]


def _has_waited(step: Page) -> bool:
    """The first step waits for its message, the others for what their first attempt missed."""
    return step["name"] == STEPS[0] or step["attempts"] > 1


@dataclass(frozen=True, slots=True)
class Result:
    """A row's figures, and each way in which it missed its bar; ``late`` depends on the machine."""

    row: "Row"
    verdict: Verdict
    recovery: float | None
    notes: tuple[str, ...]
    misses: tuple[str, ...]
    late: tuple[str, ...]


def _zero_and_zero(verdict: Verdict) -> Iterator[str]:
    """Nothing lost, nothing twice."""
    if verdict.lost:
        left = (fate for fate in verdict.fates if not fate.is_complete)
        yield f"{verdict.lost} lost ({'; '.join(sorted({_where(fate) for fate in left}))})"
    if verdict.doubled:
        yield f"{verdict.doubled} letters twice ({_which(verdict)})"


def _which(verdict: Verdict) -> str:
    """The copies by Message-ID, if they are copies, and the steps that were tried again."""
    again = (
        f"{step['name']} {step['attempts']}x"
        for fate in verdict.fates
        if fate.letters.doubled
        for step in fate.page["steps"]
    )
    return ", ".join((*verdict.copies, *again))


def _where(fate: Fate) -> str:
    """What an application lacks, as far as its page tells."""
    steps = (step for step in fate.page["steps"] if step["status"] != "success")
    return ", ".join(f"{step['name']} {step['status']} {step['error']}" for step in steps)


Bar = Callable[[Verdict], Iterator[str]]
Around = Callable[[System], AbstractContextManager[object]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table.

    ``textbook`` is what the customary chain did, in the words of the issue. ``harm`` runs while
    people apply, inside ``around``. ``bar`` says in which ways a verdict misses it; beside it
    everybody must be accepted, as one row each, and nobody may be answered 500. ``share`` is how
    much of the usual crowd is enough to show it.
    """

    title: str
    textbook: str
    harm: Callable[[Trial], None]
    bar: Bar = _zero_and_zero
    bar_text: str = "0 / 0"
    around: Around = lambda _system: nullcontext()
    engine: Engine = Engine.POSTGRESQL
    at_once: int = 1
    answers_within: float | None = None
    share: float = 1.0
    allows_503: bool = False
    poisoned: int = 0
    recovers_within: float | None = field(default=None)
    patience: float = 300


def carry_out(row: Row, system: System, *, applications: int, short: bool = False) -> Result:
    """Do to the system what the row says, and count."""
    keys = object_keys(system.stack.bucket)
    crowd = Crowd(system.stack.ports["web"], _people(row, applications), at_once=row.at_once)
    trial = Trial(system, crowd, short=short)
    with row.around(system):
        crowd.start()
        trial.suffer(row.harm)
        crowd.finish()
        wait_for_arrival(system.stack, crowd.accepted, limit=row.patience)
        verdict = count(
            system.stack,
            crowd.accepted,
            asked=len(crowd.people),
            answers=crowd.answers,
            keys_before=keys,
        )
    system.disarm()
    pages = {fate.accepted.page: fate.page for fate in verdict.fates}
    recovery = trial.elsewhere(pages) if trial.victims else trial.back(pages)
    return Result(
        row,
        verdict,
        recovery,
        notes=tuple(trial.notes),
        misses=(*trial.troubles, *_misses(row, verdict)),
        late=tuple(_late(row, verdict, recovery)),
    )


def _people(row: Row, applications: int) -> list[SampleApplicant]:
    name = f"row{next(_numbers)}"
    found = people(_sample(), name, applications)
    return [*people(_sample(), f"poison.{name}", row.poisoned), *found]


@cache
def _sample() -> SampleApplicant:
    return sample_applicant()


def _misses(row: Row, verdict: Verdict) -> Iterator[str]:
    yield from row.bar(verdict)
    if verdict.accepted < verdict.asked:
        yield f"{verdict.asked - verdict.accepted} never accepted"
    if verdict.doubled_rows:
        yield f"{verdict.doubled_rows} double rows"
    if verdict.answered(500):
        yield f"{verdict.answered(500)} answered 500"
    if verdict.answered(503) and not row.allows_503:
        yield f"{verdict.answered(503)} answered 503"


def _late(row: Row, verdict: Verdict, recovery: float | None) -> Iterator[str]:
    if row.answers_within is not None and verdict.percentile(0.95) > row.answers_within:
        yield f"95 % answered within {verdict.percentile(0.95):.1f} s"
    if row.recovers_within is not None and (recovery or 0) > row.recovers_within:
        yield f"went on only after {recovery:.1f} s"
