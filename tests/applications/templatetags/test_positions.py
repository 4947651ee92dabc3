from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from applications.models import Job
from applications.templatetags.positions import closing, closing_soon

BERLIN = ZoneInfo("Europe/Berlin")
CLOSES_AT = datetime(2026, 3, 30, 23, 59, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def office():
    with timezone.override(BERLIN):
        yield


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 3, 30, 0, 0, tzinfo=BERLIN), "Closes today at 23:59 CEST"),
        (datetime(2026, 3, 29, 23, 59, tzinfo=BERLIN), "Closes tomorrow"),
        # Two days across the change to summer time, which are 47 hours.
        (datetime(2026, 3, 28, 23, 59, tzinfo=BERLIN), "Closes in 2 days"),
        (datetime(2026, 1, 30, 0, 0, tzinfo=BERLIN), "Closes in 59 days"),
    ],
)
def test_days_are_the_offices_own(now, words):
    assert closing(Job(closes_at=CLOSES_AT), now) == words


def test_a_position_without_an_end_says_nothing(now):
    assert closing(Job(), now) == closing_soon(Job(), now) == ""


def test_soon_is_within_a_week():
    job = Job(closes_at=CLOSES_AT)
    assert closing_soon(job, CLOSES_AT - timedelta(days=7)) == "Closes in 7 days"
    assert closing_soon(job, CLOSES_AT - timedelta(days=8)) == ""
