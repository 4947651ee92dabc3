"""A run as lines: what each row of the ledger tells, and what it only seems to tell."""

from datetime import timedelta

from pipelines import ledger, registry
from pipelines.timeline import timeline
from tests.pipelines.factories import fail_at_ship


def line_at(journey, seconds):
    return timeline(journey.fresh(), now=journey.at(seconds))


def told(line):
    """Step, number, state, and the seconds that it waited and worked."""
    return [
        (step.name, one.number, one.state, _seconds(one.waited), _seconds(one.worked))
        for step in line.steps
        for one in step.attempts
    ]


def _seconds(length):
    return None if length is None else length.total_seconds()


def test_a_new_run_waits_for_a_worker(journey):
    line = line_at(journey, 2)
    assert told(line) == [("pack", 1, "sent", 2, None)]
    assert [[step.name for step in stage] for stage in line.stages] == [
        ["pack"],
        ["ship", "bill"],
        ["close"],
    ]
    assert (line.is_moving, line.until, line.took) == (True, journey.at(2), timedelta(seconds=2))


def test_a_failed_run_ends_with_its_last_attempt_and_needs_a_person(journey):
    fail_at_ship(journey)
    line = line_at(journey, 500)
    assert told(line) == [
        ("pack", 1, "success", 0.5, 0.5),
        ("ship", 1, "failure", 0.5, 0.5),
        ("bill", 1, "success", 0.5, 1.5),
    ]
    assert [(step.name, step.error) for step in line.failed] == [("ship", "No such address.")]
    assert (line.is_moving, line.until) == (False, journey.at(3))


def test_a_failed_run_moves_while_its_other_branch_does(journey):
    journey.succeed("pack", 0.5, 1)
    journey.fail("ship", 1.5, 2, "No such address.")
    journey.start("bill", 1.5)
    line = line_at(journey, 4)
    assert (line.run.status, line.is_moving, line.until) == ("failed", True, journey.at(4))


def test_a_step_between_two_tries_says_when_the_next_one_is(journey):
    journey.retry("pack", 1, 2, 12, "Busy.")
    (step, *_rest) = line_at(journey, 5).steps
    assert told(line_at(journey, 5)) == [("pack", 1, "retry", 1, 1)]
    assert (step.next_try_at, step.next_try_in) == (journey.at(12), timedelta(seconds=7))
    assert next(line_at(journey, 20).steps).next_try_in == timedelta()


def test_past_attempts_stand_before_the_one_that_counts(journey):
    journey.retry("pack", 1, 2, 3, "Busy.")
    journey.ring("pack", 3)
    journey.crash("pack", 4, attempt=2)
    journey.ring("pack", 20)
    journey.revoke("pack", 21, attempt=3)
    journey.ring("pack", 22)
    journey.start("pack", 23, attempt=4)
    assert told(line_at(journey, 25)) == [
        ("pack", 1, "retry", 1, 1),
        ("pack", 2, "crash", 1, 15),
        ("pack", 3, "revoked", 1, None),
        ("pack", 4, "started", 1, 2),
    ]


def test_a_revoked_attempt_has_nothing_of_the_one_before_it(journey):
    journey.crash("pack", 1)
    journey.ring("pack", 20)
    journey.revoke("pack", 21, attempt=2)
    revoked = next(line_at(journey, 30).steps).attempts[1]
    assert (revoked.started_at, revoked.worker, revoked.error) == (None, "", "")


def test_a_resumed_step_is_its_turn_and_waits_to_be_sent(journey):
    fail_at_ship(journey)
    ledger.resume(journey.run, now=journey.at(60))
    line = line_at(journey, 61)
    ship = list(line.steps)[1]
    assert (ship.status, line.is_moving, line.failed) == ("pending", True, ())
    assert (ship.is_unsent, [one.state for one in ship.attempts]) == (True, ["failure"])


def test_a_run_of_another_release_is_told_all_the_same(journey, monkeypatch):
    fail_at_ship(journey)
    monkeypatch.setattr(registry, "_pipelines", [])
    assert {step.is_known for step in line_at(journey, 5).steps} == {False}


def test_a_step_that_was_set_aside_unclaimed_has_no_attempt(journey):
    ledger.set_aside(journey.run.steps.get(name="pack"), "No such step.", now=journey.at(9))
    line = line_at(journey, 60)
    assert (line.has_attempts, line.until, line.failed[0].error) == (
        False,
        journey.at(9),
        "No such step.",
    )
