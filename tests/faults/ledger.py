"""The ledger's rows, read beside the system: which run is whose, and what became of each attempt.

What is promised is counted from outside. The rows tell which run an applicant's page is about, when
an attempt began, and whether a worker has something in hand that is worth killing it for.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

_SUBJECTS = "SELECT token, id FROM applications_application"
_RUNS = "SELECT subject_id, id FROM pipelines_run WHERE pipeline = 'apply_now'"
# Of applications alone: schedules come and go each minute.
_STEPS = """
    FROM pipelines_run r JOIN pipelines_steprun s ON s.run_id = r.id AND r.pipeline = 'apply_now'
"""
_LATEST = f"""
    SELECT s.run_id, s.name, s.attempts, s.status, s.worker, s.started_at, s.finished_at
    {_STEPS} WHERE s.attempts > 0
"""
_PAST = f"""
    SELECT s.run_id, s.name, a.number, a.outcome, a.worker, a.started_at, a.ended_at
    {_STEPS} JOIN pipelines_attempt a ON a.step_id = s.id
"""
_UNDER_WAY = f"""
    SELECT 1 {_STEPS} WHERE s.status IN ('sent', 'started', 'retry') OR s.due_at IS NOT NULL LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a step: how it ended, or stands; times in seconds since 1970, 0 for never."""

    run: str
    step: str
    number: int
    outcome: str
    worker: str
    started_at: float
    ended_at: float

    @property
    def task_id(self) -> str:
        return f"{self.run}.{self.step}.{self.number}"


@dataclass(frozen=True, slots=True)
class Journey:
    """An application's id, the id of its run, and all attempts of that by step, in order."""

    application: str
    run: str
    attempts: dict[str, tuple[Attempt, ...]]

    def __iter__(self) -> Iterator[Attempt]:
        return (attempt for of_step in self.attempts.values() for attempt in of_step)


class Ledger:
    """Of the database with this URL."""

    def __init__(self, url: str) -> None:
        self._url = url

    def journeys(self, pages: Iterable[str]) -> dict[str, Journey]:
        """Those that these pages tell of, by their addresses."""
        with closing(self._connect()) as connection:
            subjects = {token: _uuid(pk) for token, pk in connection.execute(_SUBJECTS)}
            runs = {_uuid(subject): _uuid(pk) for subject, pk in connection.execute(_RUNS)}
            attempts = _attempts(connection)
        owners = {page: subjects[urlsplit(page).path.split("/")[2]] for page in pages}
        return {
            page: Journey(owner, runs[owner], attempts[runs[owner]])
            for page, owner in owners.items()
        }

    def at_work(self, worker: str) -> list[Attempt]:
        """What workers of this kind have in hand."""
        with closing(self._connect()) as connection:
            rows = [Attempt(*_read(row)) for row in connection.execute(_LATEST)]
        return [row for row in rows if row.outcome == "started" and row.worker.startswith(worker)]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        with closing(self._connect()) as connection:
            return connection.execute(_UNDER_WAY).fetchone() is None

    def _connect(self) -> Any:
        """Both engines' connections execute, and are closed."""
        if self._url.startswith("sqlite:///"):
            path = self._url.removeprefix("sqlite:///")
            return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
        return psycopg.connect(self._url, autocommit=True, connect_timeout=5)


def _attempts(connection: Any) -> dict[str, dict[str, tuple[Attempt, ...]]]:
    """By run and step. What is told as a past attempt is not told as the latest again."""
    found: dict[tuple[str, str, int], Attempt] = {}
    for statement in (_LATEST, _PAST):
        for row in connection.execute(statement):
            attempt = Attempt(*_read(row))
            found[attempt.run, attempt.step, attempt.number] = attempt
    grouped: dict[str, dict[str, tuple[Attempt, ...]]] = defaultdict(dict)
    for (run, step, _number), attempt in sorted(found.items()):
        grouped[run][step] = (*grouped[run].get(step, ()), attempt)
    return grouped


def _read(row: Iterable[Any]) -> tuple[Any, ...]:
    run, step, number, outcome, worker, started_at, ended_at = row
    about = (_uuid(run), step, number, outcome, worker.partition("@")[0])
    return *about, _seconds(started_at), _seconds(ended_at)


def _uuid(value: Any) -> str:
    """SQLite keeps the digits alone."""
    return str(UUID(str(value)))


def _seconds(value: Any) -> float:
    """SQLite keeps a text, in UTC."""
    if value is None:
        return 0.0
    if isinstance(value, str):
        value = datetime.fromisoformat(value).replace(tzinfo=UTC)
    return float(value.timestamp())
