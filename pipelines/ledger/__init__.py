"""The only writer of runs and steps.

Whatever is written is written in short transactions, each of which moves rows from one true state
to the next. Times are aware and passed in; the machines' clocks must agree to within a few seconds
(NTP).
"""

from pipelines.ledger.cancelling import cancel, is_at_rest
from pipelines.ledger.claims import LEASE, Cancelled, Claim, Dropped, Ended, LeaseLost, claim, renew
from pipelines.ledger.forgetting import forget_attempts, forget_runs
from pipelines.ledger.holding import hold_all
from pipelines.ledger.opening import open_run, resume
from pipelines.ledger.records import fail, retry, succeed
from pipelines.ledger.reopening import reopen
from pipelines.ledger.upkeep import (
    MessageKind,
    count_sent,
    crashed,
    discarded,
    due,
    is_any_sent_before,
    is_quiet,
    postpone,
    probes,
    ready,
    ring,
    sent_before,
    set_aside,
    unsent,
)

__all__ = [
    "LEASE",
    "Cancelled",
    "Claim",
    "Dropped",
    "Ended",
    "LeaseLost",
    "MessageKind",
    "cancel",
    "claim",
    "count_sent",
    "crashed",
    "discarded",
    "due",
    "fail",
    "forget_attempts",
    "forget_runs",
    "hold_all",
    "is_any_sent_before",
    "is_at_rest",
    "is_quiet",
    "open_run",
    "postpone",
    "probes",
    "ready",
    "renew",
    "reopen",
    "resume",
    "retry",
    "ring",
    "sent_before",
    "set_aside",
    "succeed",
    "unsent",
]
