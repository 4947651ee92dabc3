"""Compares applications, ledger, objects and letters, and puts right what can be put right.

Running it twice changes nothing, and two at the same time do no harm.
"""

import logging
from collections import Counter
from datetime import datetime
from uuid import UUID

from applications.services.reconciliation.findings import Compared, Finding, Problem, repair
from applications.services.reconciliation.surveying import survey

__all__ = ["Compared", "Finding", "Problem", "count", "reconcile", "repair", "survey"]

# Each hour compares the fingerprints of another share, so a day goes through them all.
_SHARES = 24

logger = logging.getLogger(__name__)


def reconcile(*, now: datetime) -> dict[str, int]:
    """Once through everything, repairing; how many of what were compared and found.

    ``untold`` is the number of findings that need a person, whom nothing else tells of them.
    Existence and size of every object are compared, and the fingerprints of the share of
    applications whose hour it is. Raises StorageUnavailable and StorageRefused.
    """

    def is_their_hour(application: UUID) -> bool:
        return application.int % _SHARES == now.hour

    counts = Counter(untold=0)
    for event in survey(look_closely=is_their_hour):
        count(counts, event)
        if isinstance(event, Finding):
            problem = event.problem
            logger.warning("%s: %s; %s", event.subject, event, problem.remedy or problem.deed)
            repair(event, now=now)
            counts["untold"] += problem.needs_person and not event.is_told
    return dict(counts)


def count(counts: Counter[str], event: Finding | Compared) -> None:
    """Add an event of the survey to ``counts``: findings by the name of their problem."""
    if isinstance(event, Finding):
        counts[event.problem.name.lower()] += 1
    else:
        counts["applications"] += event.applications
        counts["documents"] += event.documents
        counts["letters"] += event.letters
