"""All that is known of a row when it is over: what its bars judge."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django_celery.local.inbox.faults import Tally
from tests.faults.counting import Fate, Verdict
from tests.faults.instants import MAIL
from tests.faults.ledger import Attempt
from tests.faults.load import Accepted
from tests.faults.recovery import Death, Outage, handovers, resumptions, takeovers


@dataclass(frozen=True, slots=True)
class Ending:
    """How an accepted application may end, in words and as a test."""

    text: str
    fits: Callable[[Fate], bool]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A verdict with what was done meanwhile.

    ``struck`` is what the harm itself counted of those it met, ``mail`` what the mail server did.
    ``false_claims`` are sentences about Flower.
    """

    verdict: Verdict
    ending: Ending
    deaths: Sequence[Death] = ()
    outages: Sequence[Outage] = ()
    struck: int = 0
    mail: Tally = field(default_factory=Tally)
    false_claims: Sequence[str] = ()

    @property
    def lost(self) -> list[Fate]:
        """The accepted applications that ended as none may."""
        return [fate for fate in self.verdict.fates if not self.ending.fits(fate)]

    @property
    def incomplete(self) -> int:
        """How many ended well without being complete."""
        return len(self.verdict.fates) - self.verdict.completed - len(self.lost)

    @property
    def accepted(self) -> list[Accepted]:
        return [fate.accepted for fate in self.verdict.fates]

    @property
    def accepted_meanwhile(self) -> list[Accepted]:
        """Those who pressed the button while something was away."""
        return [
            each
            for each in self.accepted
            if any(outage.covers(each.pressed_at) for outage in self.outages)
        ]

    @property
    def accepted_before(self) -> list[Accepted]:
        """Those who had their answer before anything was away."""
        began = min((outage.began for outage in self.outages), default=0.0)
        return [each for each in self.accepted if each.at < began]

    @property
    def attempts(self) -> Iterable[Attempt]:
        return (attempt for journey in self.verdict.journeys.values() for attempt in journey)

    def attempts_ended(self, *outcomes: str) -> list[Attempt]:
        """Those that ended in one of these ways (values of the ledger)."""
        return [attempt for attempt in self.attempts if attempt.outcome in outcomes]

    @property
    def doubts(self) -> int:
        """How many letters may have been left in doubt: by deaths, and by the mail server."""
        cut_short = self.attempts_ended("crash")
        return self.mail.cut + sum(attempt.step in MAIL for attempt in cut_short)

    @property
    def takeovers(self) -> list[float]:
        return takeovers(self.verdict.journeys.values(), self.deaths)

    @property
    def handovers(self) -> list[float]:
        return handovers(self.verdict.journeys.values(), self.deaths)

    @property
    def resumptions(self) -> list[list[float]]:
        """Those of each step that met an outage, ascending."""
        journeys = self.verdict.journeys
        at = {journeys[each.page].run: each.at for each in self.accepted}
        found = [
            resumptions(journeys.values(), step, outage, at)
            for outage in self.outages
            for step in outage.steps
        ]
        return [each for each in found if each]
