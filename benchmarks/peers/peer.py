"""Another who carries a chain of four empty tasks.

RQ imports the module of a task anew for each: what is imported here must be cheap.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum

CORES = len(os.sched_getaffinity(0))


class Promise(Enum):
    """What holds for a chain that was accepted, without anybody's help. Ours gives all three."""

    KILLED_WORKER = "killed worker"  # it goes on when another worker is there
    EMPTIED_BROKER = "emptied broker"  # it goes on when the broker comes back with nothing
    NO_DOUBLES = "no doubles"  # none of its tasks is run once more after it had its effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """``send`` sends off one chain, within ``opened``.

    ``worker`` is the command of its worker, which prints ``greeting`` when it takes tasks.
    """

    name: str
    promises: frozenset[Promise]
    worker: tuple[str, ...]
    greeting: str
    send: Callable[[], object]
    opened: Callable[[], AbstractContextManager[object]] = nullcontext

    @property
    def label(self) -> str:
        """Its name, and what it promises."""
        kept = ", ".join(promise.value for promise in Promise if promise in self.promises)
        return f"{self.name} ({kept or 'nothing'})"
