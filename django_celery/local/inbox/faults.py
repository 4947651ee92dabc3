"""What may be wrong with a mail server, as a plan that can be changed while it runs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Faults:
    """What goes wrong from now on. The empty plan is a healthy server.

    ``greylist_seconds`` answers 451 to each new pair of sender and recipient until that time has
    passed since its first attempt. The two ``cut_`` shares (0 to 1) lose the connection after the
    message's final dot and before any reply: of messages that were kept, and of others.
    """

    refuse_connections: bool = False
    greylist_seconds: float = 0.0
    unknown_recipients: tuple[str, ...] = ()
    delay_seconds: float = 0.0
    hang_after_body: bool = False
    cut_after_storing: float = 0.0
    cut_before_storing: float = 0.0

    def __post_init__(self) -> None:
        if min(self.greylist_seconds, self.delay_seconds) < 0:
            raise ValueError("Seconds cannot be negative.")
        for share in (self.cut_after_storing, self.cut_before_storing):
            if not 0 <= share <= 1:
                raise ValueError(f"A share lies between 0 and 1, not at {share}.")

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> "Faults":
        """A plan from its JSON form; what it leaves out is well. Raises ValueError."""
        names = {item.name for item in fields(cls)}
        if unknown := sorted(set(plan) - names):
            raise ValueError(f"There is no fault named {', '.join(unknown)}.")
        recipients = tuple(plan.get("unknown_recipients", ()))
        return cls(**{**plan, "unknown_recipients": recipients})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Tally:
    """How often a fault met somebody since the server started."""

    refused: int = 0
    postponed: int = 0
    left_hanging: int = 0
    cut_before_storing: int = 0
    cut_after_storing: int = 0

    @property
    def cut(self) -> int:
        """Senders who cannot know whether their message was kept."""
        return self.cut_before_storing + self.cut_after_storing

    def since(self, before: "Tally") -> "Tally":
        """What was added to an earlier one."""
        names = [item.name for item in fields(self)]
        return Tally(**{name: getattr(self, name) - getattr(before, name) for name in names})

    def to_json(self) -> dict[str, int]:
        return asdict(self)


class Share:
    """Says yes to a share of the times it is asked, evenly: with 0.1 to each tenth."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._due = 0.0

    def take(self) -> bool:
        self._due += self._share
        # Ten times 0.1 is a hair less than one.
        if self._due < 1 - 1e-9:
            return False
        self._due -= 1
        return True


class Greylist:
    """Who may pass: those who come again after a while."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._first_tried: dict[tuple[str, str], float] = {}

    def lets_pass(self, sender: str, recipient: str, *, now: float) -> bool:
        """``now`` in seconds on a clock that never goes back."""
        first = self._first_tried.setdefault((sender, recipient), now)
        return now - first >= self._seconds
