"""What Flower shows, held against what the pages say."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from django_celery.local.http import authorization, fetch, request
from tests.faults.ledger import Journey
from tests.faults.site import Page
from tests.faults.system import System
from tests.faults.waiting import TooLate, wait_for

UNFINISHED = frozenset({"PENDING", "RECEIVED", "STARTED"})
# A step's last attempt by what its page says, and any attempt before it.
_LAST = {
    "success": frozenset({"SUCCESS"}),
    "failure": frozenset({"FAILURE"}),
    "cancelled": frozenset({"REVOKED"}),
}
_EARLIER = frozenset({"RETRY", "REVOKED"})

# Flower hears of things a moment later; of what it missed it is told once a minute.
_AT_ONCE, _REMEDIED = 5.0, 60.0
# Its connection is back after half a minute at most. Runs are told by the time they began.
_TELLINGS, _MARGIN = 5, 60.0

States = Mapping[str, str]
"""What Flower shows of tasks: their states by their ids, ``<run>.<step>.<attempt>``."""


def states(system: System, *, since: float) -> States:
    """Of all tasks that it has heard of since then (seconds since 1970)."""
    login = authorization(system.stack.settings["FLOWER_BASIC_AUTH"])
    minute = f"{datetime.fromtimestamp(since):%Y-%m-%d%%20%H:%M}"  # noqa: DTZ006 - as Flower reads
    url = f"{system.stack.flower_url}/api/tasks?received_start={minute}"
    found = json.loads(fetch(request(url, headers=login), patience=30))
    return {task_id: task["state"] for task_id, task in found.items()}


def disagreements(
    journeys: Mapping[str, Journey], pages: Mapping[str, Page], shown: States
) -> list[str]:
    """Where Flower claims what the pages do not, or has never heard of a step's last attempt."""
    found: Counter[str] = Counter()
    for page, journey in journeys.items():
        found.update(_of_run(journey.run, pages[page], shown))
    return [f"Flower shows {claim} ({number} times)" for claim, number in sorted(found.items())]


def _of_run(run: str, page: Page, shown: States) -> Iterator[str]:
    for step in page["steps"]:
        name, status, attempts = step["name"], step["status"], step["attempts"]
        if attempts and f"{run}.{name}.{attempts}" not in shown:
            yield f"no {name} where the page says {status}"
        # One more than the page knows of: it would be shown, too.
        for number in range(1, attempts + 2):
            state = shown.get(f"{run}.{name}.{number}")
            meant, says = _meant(number, attempts, status)
            if state is not None and state not in meant:
                yield f"{name} as {state} where the page {says}"


def _meant(number: int, attempts: int, status: str) -> tuple[frozenset[str], str]:
    """As what this attempt may be shown, and what the page says of it."""
    if number < attempts:
        return _EARLIER, "says that it went on"
    if number > attempts:
        return frozenset(), "knows of no such attempt"
    return _LAST.get(status, UNFINISHED), f"says {status}"


def settle(
    system: System,
    journeys: Mapping[str, Journey],
    pages: Mapping[str, Page],
    *,
    since: float,
    has_missed: bool,
) -> list[str]:
    """What Flower still claims wrongly once the product has had its chance to put it right.

    Where Flower ``has_missed`` something, it is told from the ledger first, and again while its
    own connection to the broker is not back. If it errs nevertheless, the schedule that corrects it
    runs once, as it would within the minute.
    """
    hours = (time.time() - since + _MARGIN) / 3600

    def wait() -> None:
        """It hears of things by itself."""

    def tell() -> None:
        system.stack.manage("pipelines", "flower", f"--hours={hours}")

    def correct() -> None:
        system.stack.manage("run_scheduled", "flower", "--now")

    def agrees() -> bool:
        return not disagreements(journeys, pages, states(system, since=since))

    first = [tell] * _TELLINGS if has_missed else [wait]
    for remedy, patience in (*((each, _AT_ONCE) for each in first), (correct, _REMEDIED)):
        remedy()
        if _comes_true(agrees, within=patience):
            return []
    return disagreements(journeys, pages, states(system, since=since))


def _comes_true(condition: Callable[[], bool], *, within: float) -> bool:
    try:
        return wait_for(condition, "right in Flower", limit=within, each=0.5)
    except TooLate:
        return False


def gap(journeys: Iterable[Journey], shown: States) -> int:
    """Of how many attempts it has never heard."""
    return sum(attempt.task_id not in shown for journey in journeys for attempt in journey)
