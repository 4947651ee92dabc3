"""Steps that wait for a worker, and whether the broker still has their messages."""

from collections import Counter
from datetime import datetime, timedelta

from pipelines import ledger, registry
from pipelines.ledger import MessageKind
from pipelines.models import StepRun

# How long a message may be on its way before the sweep asks the broker whether it still has it.
GRACE = timedelta(seconds=8)
# How long the broker's word that it has them all holds: counting a long backlog is dear.
_WORD = timedelta(seconds=3)


class Backlog:
    """Remembers when the broker had all that was overdue. Times are aware and passed in."""

    def __init__(self) -> None:
        self._whole_at: datetime | None = None

    def overdue_by(self, now: datetime) -> datetime | None:
        """What was sent by then the broker is to be asked about. None: it was, a moment ago."""
        if self._whole_at is not None and abs(now - self._whole_at) < _WORD:
            return None
        return now - GRACE

    def lost(self, lengths: dict[str, int], *, sent_by: datetime, now: datetime) -> list[StepRun]:
        """The oldest steps that were sent by then and that the broker no longer holds.

        ``lengths`` are the broker's, now: of each queue, how many messages wait in it. Steps come
        with their runs.
        """
        lost = _lost(lengths, sent_by)
        if not lost:
            self._whole_at = now
        return lost


def _lost(lengths: dict[str, int], sent_by: datetime) -> list[StepRun]:
    """A backlog is not a loss: queues are first in, first out, so as many of the youngest steps as
    there are messages in their queue are still on their way.
    """
    sent = ledger.count_sent()
    missing = _missing(lengths, sent)
    short = [kind for kind in sent if missing[_queue(kind)] > 0]
    lost = []
    for step in ledger.sent_before(sent_by, among=short):
        queue = registry.queue_of(step.name, is_again=step.attempts > 0)
        if missing[queue] > 0:
            missing[queue] -= 1
            lost.append(step)
    return lost


def _missing(lengths: dict[str, int], sent: dict[MessageKind, int]) -> Counter[str]:
    """How many more steps were sent to each queue than it holds messages."""
    missing = Counter({queue: -length for queue, length in lengths.items()})
    for kind, count in sent.items():
        missing[_queue(kind)] += count
    return missing


def _queue(kind: MessageKind) -> str:
    return registry.queue_of(kind.step, is_again=kind.is_again)
