"""The drawing of a run: where its bars lie on the shared axis."""

import pytest

from pipelines import ledger
from pipelines.admin.lanes import Bar, Label, draw
from pipelines.timeline import timeline
from tests.pipelines.factories import fail_at_ship


def drawn(journey, seconds):
    return draw(timeline(journey.fresh(), now=journey.at(seconds)))


def bars(chart):
    return {
        lane.step.name: [(bar.kind, bar.left, bar.width) for bar in lane.bars]
        for stage in chart.stages
        for lane in stage
    }


def test_waiting_and_working_are_drawn_in_proportion(journey):
    journey.succeed("pack", 1, 3)
    journey.start("ship", 4)
    assert bars(drawn(journey, 10)) == {
        "pack": [("waiting", "0.00%", "10.00%"), ("success", "10.00%", "20.00%")],
        "ship": [("waiting", "30.00%", "10.00%"), ("started", "40.00%", "60.00%")],
        "bill": [("waiting", "30.00%", "70.00%")],
        "close": [],
    }


def test_steps_of_a_fork_are_one_stage(journey):
    stages = drawn(journey, 1).stages
    assert [[lane.step.name for lane in stage] for stage in stages] == [
        ["pack"],
        ["ship", "bill"],
        ["close"],
    ]


def test_the_pause_before_the_next_try_is_drawn_up_to_now(journey):
    journey.retry("pack", 1, 2, 4, "Busy.")
    journey.ring("pack", 4)
    journey.retry("pack", 4, 5, 30, "Busy.", attempt=2)
    assert bars(drawn(journey, 10))["pack"] == [
        ("pause", "20.00%", "20.00%"),
        ("pause", "50.00%", "50.00%"),
        ("waiting", "0.00%", "10.00%"),
        ("retry", "10.00%", "10.00%"),
        ("waiting", "40.00%", "0.60%"),
        ("retry", "40.00%", "10.00%"),
    ]


def test_what_took_no_time_at_all_is_still_seen_inside_the_chart(journey):
    journey.succeed("pack", 10, 10)
    ledger.fail(journey.start("ship", 10), "No.", now=journey.at(10))
    ledger.fail(journey.start("bill", 10), "No.", now=journey.at(10))
    assert bars(drawn(journey, 10))["pack"][1] == ("success", "99.40%", "0.60%")


def test_a_revoked_message_is_a_mark_where_it_ended(journey):
    journey.revoke("pack", 5)
    assert bars(drawn(journey, 10))["pack"] == [
        ("pause", "50.00%", "50.00%"),
        ("waiting", "0.00%", "50.00%"),
        ("revoked", "50.00%", "0.25%"),
    ]


def test_a_bar_says_what_it_is(journey):
    journey.succeed("pack", 1, 3)
    (_waiting, working) = drawn(journey, 10).stages[0][0].bars
    assert working == Bar(
        "success", "10.00%", "20.00%", "Attempt 1: Succeeded, waited 1 s, worked 2 s"
    )


def test_attempts_that_would_lie_on_one_another_are_one_bar(journey):
    journey.wait_out("pack", 2000)
    lane = drawn(journey, 20_000).stages[0][0]
    tries = [bar for bar in lane.bars if bar.kind == "retry"]
    assert tries[1].title == "Attempts 6 to 10: Failed, tried again"
    assert len(tries) <= 400
    assert len(lane.bars) == 3 * len(tries)


def test_labels_leave_room_for_one_another(journey):
    journey.succeed("pack", 1, 3)
    assert list(drawn(journey, 10).labels) == [
        Label("0.00%", "09:30:00", is_start=True),
        Label("20.00%", "+2 s"),
        Label("40.00%", "+4 s"),
        Label("60.00%", "+6 s"),
        Label("80.00%", "+8 s"),
        Label("100.00%", "+10 s", "end"),
    ]


def test_a_run_resumed_days_later_shows_both_ends_and_cuts_what_lies_between(journey):
    fail_at_ship(journey)
    days = 2 * 86_400
    ledger.resume(journey.run, now=journey.at(days))
    journey.fail("ship", days + 1, days + 4, "No such address.", attempt=2)
    chart = drawn(journey, days + 60)
    assert [(cut.kind, cut.title) for cut in chart.cuts] == [("cut", "1 d 23 h")]
    assert [label.text for label in chart.labels if label.is_start] == [
        "09:30:00",
        "4 Mar 09:30:01",
    ]


@pytest.mark.parametrize(("befall", "is_now"), [(lambda _run: None, True), (fail_at_ship, False)])
def test_the_chart_of_a_moving_run_ends_now(journey, befall, is_now):
    befall(journey)
    assert drawn(journey, 10).ends_now is is_now
