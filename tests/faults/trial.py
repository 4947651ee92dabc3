"""The course of a row: when what happens to the system, as long as people apply to it."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Error as SqliteError

from botocore.exceptions import BotoCoreError, ClientError
from psycopg import Error as PostgresError
from redis import RedisError

from django_celery.local.process import PartFailed
from tests.faults.ledger import Attempt, Journey, Ledger
from tests.faults.load import Crowd
from tests.faults.recovery import Death, Outage
from tests.faults.site import Site
from tests.faults.system import System
from tests.faults.waiting import Trouble, wait_for

# What may befall whoever breaks things, and looks at them while they are broken.
_TROUBLES = (
    *(Trouble, PartFailed, OSError, RedisError, BotoCoreError, ClientError),
    *(PostgresError, SqliteError),
)

_HURT_AT_MOST = 2


class Trial:
    """A system, the people who apply to it meanwhile, and what is done to it.

    ``short`` asks for as much harm as shows the point, and no more. What the harm has met it adds
    to ``struck``, unless that can be seen afterwards.
    """

    def __init__(self, system: System, crowd: Crowd, site: Site, *, short: bool) -> None:
        self.system = system
        self.crowd = crowd
        self.site = site
        self.short = short
        self.ledger = Ledger(system.stack.environment["DATABASE_URL"])
        self.began = time.time()
        self.struck = 0
        self.deaths: list[Death] = []
        self.outages: list[Outage] = []
        self.notes: list[str] = []
        self.troubles: list[str] = []

    @contextmanager
    def contained(self) -> Iterator[None]:
        """What goes wrong inside the block is remembered, and ends nothing but the block."""
        try:
            yield
        except _TROUBLES as trouble:
            self.troubles.append(f"{type(trouble).__name__}: {trouble}")

    # --- when -----------------------------------------------------------------------------------

    def wait_for_share(self, share: float) -> None:
        """Return when this share of the people have been accepted."""
        wanted = max(1, round(share * len(self.crowd.people)))
        wait_for(
            lambda: len(self.crowd.accepted) >= wanted, f"accepted: {wanted} people", limit=600
        )

    def times(self, number: int) -> Iterator[int]:
        """So many times, spread evenly over the crowd; a fifth of them in a short run."""
        number = max(1, number // 5) if self.short else number
        for turn in range(number):
            self.wait_for_share((turn + 0.5) / number)
            yield turn

    def last(self, seconds: float) -> None:
        """The fault lasts so long, or a fifth of it in a short run."""
        time.sleep(seconds / 5 if self.short else seconds)

    @contextmanager
    def outage(self, *steps: str) -> Iterator[None]:
        """Inside the block something is away that these steps need; its end brings it back."""
        self.wait_for_share(0.25)
        began = time.time()
        yield
        self.outages.append(Outage(steps, began, time.time()))

    def is_at_work(self, worker: str) -> bool:
        """Wait until such a worker has something in hand; False when there is nothing to do."""
        wait_for(lambda: self._in_hand(worker) or self.is_over, f"at work: {worker}", each=0.01)
        return not self.is_over

    def _in_hand(self, worker: str) -> list[Attempt]:
        """What it has begun since its last death: what it had before is taken for dead later.

        Who was hurt twice is spared: what dies each time is set aside, and has a row of its own.
        """
        died_at = max((death.at for death in self.deaths if death.worker == worker), default=0.0)
        begun = (each for each in self.ledger.at_work(worker) if each.started_at > died_at)
        return [each for each in begun if each.number <= _HURT_AT_MOST]

    @property
    def is_over(self) -> bool:
        """Whether everybody has been accepted, and nothing is on its way."""
        return self.crowd.is_through and self.ledger.is_idle

    def wait_until_over(self, *, limit: float = 300) -> None:
        wait_for(lambda: self.is_over, "done", limit=limit, each=0.5)

    def wait_until_tried(self, steps: Iterable[str]) -> None:
        """Return when these steps have been tried for everybody."""
        self.wait_for_share(1)
        self.crowd.finish()

        def are_tried() -> bool:
            return all(step in journey.attempts for journey in self.journeys() for step in steps)

        wait_for(are_tried, "tried for everybody", limit=300, each=0.5)

    # --- what -----------------------------------------------------------------------------------

    def note_death(self, worker: str, *, is_whole: bool = True) -> None:
        """It has happened a moment ago."""
        self.deaths.append(Death(worker, time.time(), is_whole))

    def journeys(self) -> list[Journey]:
        """Those of all who have been accepted by now."""
        pages = [each.page for each in self.crowd.accepted]
        return list(self.ledger.journeys(pages).values())

    def has_passed_on(self, attempt: Attempt) -> bool:
        """Whether somebody else has done what this attempt was about."""
        return any(
            other.number > attempt.number and other.outcome == "success"
            for journey in self.journeys()
            if journey.run == attempt.run
            for other in journey.attempts[attempt.step]
        )
