"""The bars that rows are held to. Each has its words and its test in one place."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.faults.counting import Fate, percentile
from tests.faults.load import ACCEPTED
from tests.faults.outcome import Ending, Outcome

Misses = Iterator[str]


@dataclass(frozen=True, slots=True)
class Bar:
    """In words, and as a look that yields each way in which an outcome misses it.

    ``is_timed``: how soon things happen depends on the machine, so a short run does not judge it.
    """

    text: str
    misses: Callable[[Outcome], Misses]
    is_timed: bool = False


@dataclass(frozen=True, slots=True)
class Felt:
    """Whom a fault has met, in words and as their number. One that nobody felt shows nothing."""

    what: str
    count: Callable[[Outcome], int]


@dataclass(frozen=True, slots=True)
class Recovery:
    """Within how many seconds things go on: in words, and as each time that it took, ascending."""

    text: str
    within: float
    times: Callable[[Outcome], Sequence[float]]


# --- How applications may end -----------------------------------------------------------------

COMPLETE = Ending("none lost", lambda fate: fate.is_complete)

_LEFT_TO_A_PERSON = "a person must decide"


def is_held(fate: Fate) -> bool:
    """Everything is done but letters that are shown as left to a person."""
    is_shown = fate.page["status"] == "failed" and all(
        step["status"] == "failure" and _LEFT_TO_A_PERSON in step["error"]
        for step in fate.unfinished
    )
    return is_shown and fate.is_stored


SHOWN = Ending(
    "none lost, the doubtful shown as left to a person",
    lambda fate: fate.is_complete or is_held(fate),
)

# --- What every row is held to ----------------------------------------------------------------


def none_lost(outcome: Outcome) -> Misses:
    if outcome.lost:
        places = "; ".join(sorted({_where(fate) for fate in outcome.lost}))
        yield f"{len(outcome.lost)} lost ({places})"


def _where(fate: Fate) -> str:
    """What an application lacks, as far as its page tells."""
    steps = (f"{step['name']} {step['status']} {step['error']}" for step in fate.unfinished)
    return ", ".join(steps) or f"the page says {fate.page['status']}"


def all_accepted(outcome: Outcome) -> Misses:
    verdict = outcome.verdict
    if verdict.accepted < verdict.asked:
        yield f"{verdict.asked - verdict.accepted} never accepted"
    if verdict.doubled_rows:
        yield f"{verdict.doubled_rows} double rows"


def flower_agrees(outcome: Outcome) -> Misses:
    yield from outcome.false_claims


def answers_only(allowed: frozenset[int]) -> Callable[[Outcome], Misses]:
    """No other answers than these, and than those of a healthy site."""

    def misses(outcome: Outcome) -> Misses:
        well = {("GET", 200), ("POST", ACCEPTED)}
        found = Counter((each.method, each.status) for each in outcome.verdict.answers)
        for (method, status), number in sorted(found.items()):
            if (method, status) not in well and status not in allowed:
                yield f"{method} answered {status or 'not at all'} {number} times"

    return misses


def was_felt(felt: Felt) -> Callable[[Outcome], Misses]:
    def misses(outcome: Outcome) -> Misses:
        if felt.count(outcome) < 1:
            yield f"nobody felt it: no {felt.what}"

    return misses


def goes_on(recovery: Recovery) -> Callable[[Outcome], Misses]:
    def misses(outcome: Outcome) -> Misses:
        times = recovery.times(outcome)
        if not times:
            yield "nothing was seen to go on"
        elif times[-1] > recovery.within:
            yield f"went on only after {times[-1]:.1f} s"

    return misses


# --- What some rows are held to besides -------------------------------------------------------


def _none_twice(outcome: Outcome) -> Misses:
    if outcome.verdict.doubled:
        yield f"{outcome.verdict.doubled} letters twice ({_which(outcome)})"


def _which(outcome: Outcome) -> str:
    """The copies by Message-ID, if they are copies, and the steps that were tried again."""
    again = (
        f"{step['name']} {step['attempts']}x"
        for fate in outcome.verdict.fates
        if fate.letters.doubled
        for step in fate.page["steps"]
    )
    return ", ".join((*outcome.verdict.copies, *again))


def _sent_again_once(outcome: Outcome) -> Misses:
    verdict = outcome.verdict
    if not verdict.copies:
        yield "no second copy, so nothing was in doubt"
    if len(verdict.copies) > outcome.doubts:
        yield f"{len(verdict.copies)} second copies for {outcome.doubts} doubts"
    if too_many := sum(number > 2 for number in verdict.copies.values()):
        yield f"{too_many} letters more than twice"
    if verdict.doubled != sum(number - 1 for number in verdict.copies.values()):
        yield "a second copy with another Message-ID"
    if silent := verdict.copies.keys() - verdict.noted:
        yield f"{len(silent)} second copies without a note"


def _some_held(outcome: Outcome) -> Misses:
    held = sum(len(fate.unfinished) for fate in outcome.verdict.fates if is_held(fate))
    if not 1 <= held <= outcome.doubts:
        yield f"{held} letters held for {outcome.doubts} doubts"


def _at_usual_speed(outcome: Outcome) -> Misses:
    before, meanwhile = (
        percentile((each.waited for each in people), 0.95)
        for people in (outcome.accepted_before, outcome.accepted_meanwhile)
    )
    if meanwhile > max(2 * before, _NOISE):
        yield f"95 % answered within {meanwhile:.1f} s, before the outage within {before:.1f} s"


# On a machine with more to do than it has cores, an answer may take this long on any day.
_NOISE = 1.0

NONE_TWICE = Bar("none twice", _none_twice)
SENT_AGAIN_ONCE = Bar("a second copy at most, noted", _sent_again_once)
SOME_HELD = Bar("as many held as were in doubt at most, and some", _some_held)
AT_USUAL_SPEED = Bar("answers at usual speed", _at_usual_speed, is_timed=True)


def answers_within(seconds: float) -> Bar:
    """From the first press to acceptance, for all who pressed while something was away."""

    def misses(outcome: Outcome) -> Misses:
        longest = percentile((each.waited for each in outcome.accepted_meanwhile), 1)
        if longest > seconds:
            yield f"an answer after {longest:.1f} s"

    return Bar(f"answers within {seconds:g} s", misses, is_timed=True)


# --- How soon things go on --------------------------------------------------------------------

TAKEN_OVER = Recovery("each taken over within 30 s", 30, lambda outcome: outcome.takeovers)
HANDED_OVER = Recovery("the next step begun within 30 s", 30, lambda outcome: outcome.handovers)
# The first of those that wait tells that the outage is over; a backlog takes as long as it takes.
RESUMED = Recovery(
    "the first on again within 15 s",
    15,
    lambda outcome: sorted(times[0] for times in outcome.resumptions),
)

# --- Whom a fault has met ---------------------------------------------------------------------

CUT_SHORT = Felt("attempts cut short", lambda outcome: len(outcome.attempts_ended("crash")))
MET_OUTAGE = Felt("steps that met it", lambda outcome: sum(map(len, outcome.resumptions)))


def struck(what: str) -> Felt:
    """What the harm has counted."""
    return Felt(what, lambda outcome: outcome.struck)
