from datetime import UTC, datetime

from django.utils import timezone

from applications.admin.times import day, minute


def test_times_are_written_in_the_offices_time_zone():
    late = datetime(2026, 3, 1, 23, 5, tzinfo=UTC)
    with timezone.override("Europe/Amsterdam"):
        assert day(late) == "2 Mar 2026"
        assert minute(late) == "2 Mar 2026, 00:05"
