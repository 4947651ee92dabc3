"""When a line falls due, on ordinary days and on those when the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from pipelines.schedules import cron

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SPRING = datetime(2026, 3, 28, 23, tzinfo=UTC)  # Berlin skips from 2:00 to 3:00 at 1:00 UTC
AUTUMN = datetime(2026, 10, 24, 22, tzinfo=UTC)  # Berlin repeats 2:00 to 3:00 at 1:00 UTC


def due(text, zone, after, count):
    """The next due times, by the clocks of that zone."""
    line = cron.parse(text, zone)
    moments = list(islice(cron.following(line, after=after), count))
    assert moments == sorted(set(moments))
    return [f"{moment.astimezone(zone):%d %H:%M %Z}" for moment in moments]


def test_a_time_that_the_clocks_skip_comes_once_right_after():
    expected = ["29 03:30 CEST", "30 02:30 CEST", "31 02:30 CEST"]
    assert due("30 2 * * *", BERLIN, SPRING, 3) == expected


def test_a_time_that_comes_twice_counts_once():
    assert due("30 2 * * *", BERLIN, AUTUMN, 2) == ["25 02:30 CEST", "26 02:30 CET"]


@pytest.mark.parametrize("zone", [BERLIN, LORD_HOWE])
@pytest.mark.parametrize("text", ["* * * * *", "*/5 * * * *", "17 * * * *"])
@pytest.mark.parametrize("month", [3, 4, 10])
def test_what_is_due_each_hour_is_never_due_twice_and_never_late_by_more(zone, text, month):
    line = cron.parse(text, zone)
    moments = list(islice(cron.following(line, after=datetime(2026, month, 1, tzinfo=UTC)), 9000))
    step = {"* * * * *": 1, "*/5 * * * *": 5, "17 * * * *": 60}[text]
    gaps = {later - earlier for earlier, later in pairwise(moments)}
    # Lord Howe's clocks move by half an hour, which hours cannot follow evenly.
    least, most = (step / 2, step * 1.5) if zone is LORD_HOWE and step == 60 else (step, step)
    assert {timedelta(minutes=least), timedelta(minutes=most)} >= gaps - {timedelta(minutes=step)}


def test_both_passes_of_the_repeated_hour_have_their_minutes():
    assert due("0,30 * * * *", BERLIN, AUTUMN + timedelta(hours=1, minutes=45), 5) == [
        *("25 02:00 CEST", "25 02:30 CEST", "25 02:00 CET", "25 02:30 CET", "25 03:00 CET")
    ]


def test_the_skipped_hour_has_none():
    after = SPRING + timedelta(hours=1, minutes=15)
    assert due("0,30 * * * *", BERLIN, after, 3) == [
        *("29 01:30 CET", "29 03:00 CEST", "29 03:30 CEST")
    ]


def test_the_latest_is_found_within_its_bounds():
    line = cron.parse("0 8 * * mon", BERLIN)
    monday = datetime(2026, 3, 2, 7, tzinfo=UTC)
    at = {"after": monday - timedelta(days=7), "until": monday}
    assert cron.latest(line, **at) == monday
    assert cron.latest(line, **{**at, "until": monday - timedelta(seconds=1)}) is None
    assert cron.latest(line, **{**at, "after": monday}) is None
    week = timedelta(days=7)
    assert cron.latest(line, after=monday - 3 * week, until=monday + week / 2) == monday


def test_29_february_comes_in_a_leap_year():
    line = cron.parse("0 0 29 2 *", ZoneInfo("UTC"))
    found = cron.upcoming(line, after=datetime(2026, 3, 1, tzinfo=UTC))
    assert found == datetime(2028, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Five fields"),
        ("0 8 * *", "Five fields"),
        ("0 8 * * * *", "Five fields"),
        ("60 8 * * *", "never falls due"),
        ("0 24 * * *", "never falls due"),
        ("0 0 31 2 *", "never falls due"),
        ("0 0 30 2 *", "never falls due"),
        ("often 8 * * *", "never falls due"),
        ("*/0 * * * *", "never falls due"),
        ("0 8 * * mo", "never falls due"),
        ("-1 8 * * *", "never falls due"),
        ("5-1 8 * * 9", "never falls due"),
    ],
)
def test_an_impossible_line_is_refused_with_the_reason(text, reason):
    with pytest.raises(cron.BadLine, match=reason):
        cron.parse(text, ZoneInfo("UTC"))


def test_a_line_is_told_in_words():
    assert cron.parse("0 8 * * 1-5", BERLIN).in_words() == "At 08:00, Monday through Friday"
    assert cron.parse("*/5 * * * *", BERLIN).in_words() == "Every 5 minutes"
