"""Runs, moments and durations as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from pipelines.timeline import clock, in_words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0 ms"),
        (0, "0 ms"),
        (0.3404, "340 ms"),
        (0.9999, "999 ms"),
        (1, "1 s"),
        (2.54, "2.5 s"),
        (42.9, "42 s"),
        (60, "1 min"),
        (200, "3 min 20 s"),
        (3600, "1 h"),
        (3 * 3600 + 59, "3 h"),
        (2 * 86_400 + 4 * 3600, "2 d 4 h"),
    ],
)
def test_a_duration_has_two_units_at_most(seconds, text):
    assert in_words(timedelta(seconds=seconds)) == text


def test_a_time_of_day_is_the_offices_and_has_its_date_only_on_another_day():
    beside = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Paris"):
        assert clock(datetime(2026, 3, 3, 1, 0, 5, tzinfo=UTC), beside=beside) == "02:00:05"
        assert clock(datetime(2026, 3, 2, 22, 0, 5, tzinfo=UTC), beside=beside) == "2 Mar 23:00:05"
