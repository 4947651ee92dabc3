"""Read the demo's texts into models that are not saved yet."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from applications.models import ConsentText, Job, Question

_FOLDER = Path(__file__).parent
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Position:
    """A job and its questions, in their order; none of them has a primary key yet."""

    job: Job
    questions: Sequence[Question]


def positions(now: datetime) -> Iterator[Position]:
    """The demo's positions, one for each file; their dates are counted from ``now`` (aware)."""
    for path in sorted((_FOLDER / "positions").glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        questions = content.pop("questions")
        yield Position(
            job=_job(content, now),
            questions=[_question(number, one) for number, one in enumerate(questions)],
        )


def consent_text() -> ConsentText:
    """The demo's consent text, speaking for this site and naming HR's first address."""
    body = (_FOLDER / "consent.txt").read_text("utf-8")
    return ConsentText(body=body.format(site_name=settings.SITE_NAME, contact=settings.HR_EMAIL[0]))


def _job(content: dict[str, Any], now: datetime) -> Job:
    opened = timedelta(days=content.pop("opened_days_ago"))
    closes_in = content.pop("closes_in_days", None)
    return Job(
        opens_at=now - opened,
        closes_at=None if closes_in is None else _end_of_day(now + timedelta(days=closes_in)),
        **content,
    )


def _end_of_day(moment: datetime) -> datetime:
    """The last minute of that day in the office's time zone: what people expect of a deadline."""
    day = timezone.localdate(moment)
    return timezone.make_aware(datetime.combine(day, _END_OF_DAY))


def _question(number: int, content: dict[str, Any]) -> Question:
    options = "\n".join(content.pop("options", []))
    return Question(position=number, options=options, **content)
