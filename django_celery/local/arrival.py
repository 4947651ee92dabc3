"""Watching one application arrive."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from django_celery.local.display import ACCENT, sign, table

Progress = dict[str, Any]
"""The contract's JSON of an application's page."""

_LIMIT = 120.0
_PAUSE = 0.1
_STYLES = {"success": ACCENT, "failure": "bold red", "retry": "yellow", "started": "bold"}


class NotArrived(Exception):
    """The application failed, or took too long. The text says which, and at which step."""


def watch(console: Console, ask: Callable[[], Progress]) -> Progress:
    """Show the steps until all are done; how they are then. Raises NotArrived."""
    shown = _watch_live if console.is_terminal else _watch_in_lines
    found = shown(console, ask)
    if found["status"] != "done":
        raise NotArrived(f"The application is {found['status']}: {_trouble(found)}.")
    return found


def _watch_live(console: Console, ask: Callable[[], Progress]) -> Progress:
    with Live(console=console, refresh_per_second=12) as live:
        for found in _until_ended(ask):
            live.update(_table(found))
    return found


def _watch_in_lines(console: Console, ask: Callable[[], Progress]) -> Progress:
    told: dict[str, str] = {}
    for found in _until_ended(ask):
        for step in found["steps"]:
            if told.get(step["name"]) != step["status"]:
                told[step["name"]] = step["status"]
                console.print(f"  {step['name']}: {step['status']}", highlight=False)
    return found


def _until_ended(ask: Callable[[], Progress]) -> Iterator[Progress]:
    deadline = time.monotonic() + _LIMIT
    while True:
        found = ask()
        yield found
        if found["status"] != "active" or time.monotonic() > deadline:
            return
        time.sleep(_PAUSE)


def _table(found: Progress) -> RenderableType:
    return table(_row(step) for step in found["steps"])


def _row(step: dict[str, Any]) -> tuple[RenderableType, ...]:
    status = step["status"]
    busy = status in {"started", "sent"}
    return (
        sign(busy=busy, good=status == "success", bad=status == "failure"),
        Text(step["name"], style="bold"),
        Text(status, style=_STYLES.get(status, "dim")),
        Text(_duration(step), style="dim", justify="right"),
        Text(step["error"], style="red"),
    )


def _duration(step: dict[str, Any]) -> str:
    if not (step["started_at"] and step["finished_at"]):
        return ""
    started, finished = (
        datetime.fromisoformat(step[f"{end}_at"]) for end in ("started", "finished")
    )
    return f"{(finished - started).total_seconds():.2f} s"


def _trouble(found: Progress) -> str:
    open_steps = [step for step in found["steps"] if step["status"] != "success"]
    return ", ".join(
        f"{step['name']} is {step['status']} {step['error']}".strip() for step in open_steps
    )
