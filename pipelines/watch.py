"""What a process that sweeps for ever remembers from one sweep to the next."""

from dataclasses import dataclass, field

from pipelines.backlog import Backlog
from pipelines.stalls import Stalls


@dataclass(frozen=True, slots=True)
class Watch:
    """One for each process, and for its sweeps alone."""

    stalls: Stalls = field(default_factory=Stalls)
    backlog: Backlog = field(default_factory=Backlog)
