from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from applications.admin.hiring.moments import moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 27), datetime(2026, 3, 27, 8, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 8, tzinfo=UTC)),
    ],
)
def test_nine_on_the_wall_is_nine_before_and_after_the_clocks_change(day, expected):
    assert moment(day, time(9), BERLIN) == expected


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(ValidationError, match="does not exist"):
        moment(date(2026, 3, 29), time(2, 30), BERLIN)


def test_a_time_that_comes_twice_is_refused():
    with pytest.raises(ValidationError, match="comes twice"):
        moment(date(2026, 10, 25), time(2, 30), BERLIN)
