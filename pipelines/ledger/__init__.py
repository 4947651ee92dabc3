"""The only writer of runs and steps.

Every function is one short transaction that moves rows from one true state to the next. Times
are aware and passed in; the machines' clocks must agree to within a few seconds (NTP).
"""

from pipelines.ledger.cancelling import cancel, is_at_rest
from pipelines.ledger.claims import LEASE, Cancelled, Claim, Dropped, Ended, LeaseLost, claim, renew
from pipelines.ledger.opening import open_run, resume
from pipelines.ledger.records import fail, retry, succeed
from pipelines.ledger.reopening import reopen
from pipelines.ledger.upkeep import (
    StepName,
    count_sent,
    crashed,
    discarded,
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
    "StepName",
    "cancel",
    "claim",
    "count_sent",
    "crashed",
    "discarded",
    "fail",
    "is_at_rest",
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
