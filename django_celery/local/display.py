"""What ``make run`` shows: tables that change in a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from rich.console import Console, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Process
from django_celery.local.supervisor import Event, State

ACCENT = "#2f9e83"  # the house's green, in a tone that is legible on dark and on light
TICK, CROSS = "✓", "✗"
_STYLES: Mapping[State, str] = MappingProxyType(
    {
        State.STARTING: "dim",
        State.READY: ACCENT,
        State.DIED: "bold yellow",
        State.GIVEN_UP: "bold red",
        State.STOPPING: "dim",
        State.STOPPED: "dim",
    }
)
_BUSY = frozenset({State.STARTING, State.STOPPING})
# One for all rows and all frames: a new one would always stand at its first picture.
_SPINNER = Spinner("dots", style=ACCENT)


def heading(console: Console, text: str) -> None:
    console.print(Text(f"\n{text}", style="bold"))


def sign(*, busy: bool, good: bool, bad: bool = False) -> RenderableType:
    """A spinner for what goes on, a tick for what is well, a cross for what is not."""
    if busy:
        return _SPINNER
    if bad:
        return Text(CROSS, style="bold red")
    return Text(TICK, style=ACCENT) if good else Text("·", style="dim")


def table(rows: Iterator[tuple[RenderableType, ...]]) -> RenderableType:
    """Aligned columns, a little to the right."""
    grid = Table.grid(padding=(0, 2))
    for row in rows:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, 2))


class PartsBoard:
    """Hears of the parts (``tell``) and shows them: in ``shown()`` as a table, else as lines."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._lines: dict[str, _Line] = {}
        self._live = False
        self._lock = threading.Lock()

    def tell(self, event: Event) -> None:
        """May be called from any thread."""
        with self._lock:
            self._line(event.process).hear(event)
        if not self._live:
            self._console.print(self._sentence(event), highlight=False, soft_wrap=True)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """While inside, a terminal shows all parts and how they change."""
        if not self._console.is_terminal:
            yield
            return
        self._live = True
        try:
            with Live(get_renderable=self._table, console=self._console, refresh_per_second=12):
                yield
        finally:
            self._live = False

    def _line(self, process: Process) -> "_Line":
        return self._lines.setdefault(process.name, _Line(process))

    def _table(self) -> RenderableType:
        with self._lock:
            return table(line.row() for line in self._lines.values())

    def _sentence(self, event: Event) -> Text:
        words = [f"{event.process.name}:", event.state.value]
        if event.state is State.READY:
            words.append(_place(event.process))
        if event.detail:
            words.append(f"({event.detail})")
        return Text("  " + " ".join(word for word in words if word), style=_STYLES[event.state])


class _Line:
    """A part as it was last heard of."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._state = State.STARTING
        self._detail = ""
        self._since = time.monotonic()
        self._took = 0.0

    def hear(self, event: Event) -> None:
        if event.state in _BUSY:
            self._since = time.monotonic()
        self._took = time.monotonic() - self._since
        self._state, self._detail = event.state, event.detail

    def row(self) -> tuple[RenderableType, ...]:
        style = _STYLES[self._state]
        busy = self._state in _BUSY
        took = time.monotonic() - self._since if busy else self._took
        bad = self._state in {State.DIED, State.GIVEN_UP}
        return (
            sign(busy=busy, good=self._state is State.READY, bad=bad),
            Text(self._process.name, style="bold"),
            Text(self._state.value, style=style),
            Text(self._detail or _place(self._process), style="dim"),
            Text(f"pid {self._process.pid}", style="dim"),
            Text(f"{took:.1f} s", style="dim", justify="right"),
        )


def _place(process: Process) -> str:
    return f"{LOOPBACK}:{process.part.port}" if process.part.port else ""
