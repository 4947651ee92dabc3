"""Steps that had ended are done again, in their order, and what happened before is kept."""

import pytest

from pipelines import ledger
from pipelines.flower.history import events_of
from pipelines.models import Attempt, Run
from pipelines.timeline import timeline
from tests.pipelines.factories import fail_at_ship


@pytest.fixture
def done(journey):
    for second, name in enumerate(("pack", "ship", "bill", "close")):
        journey.succeed(name, second, second + 0.5)
    assert journey.fresh().status == "done"
    return journey


def names_of(steps):
    return [step.name for step in steps]


def test_the_first_of_the_steps_is_due_and_the_others_wait_for_it(done):
    assert ledger.reopen(done.run, {"close", "pack"}, now=done.at(60)) == ("pack", "close")
    assert done.statuses() == {
        "pack": "pending",
        "ship": "success",
        "bill": "success",
        "close": "pending",
    }
    assert names_of(ledger.ready(now=done.at(60))) == ["pack"]
    assert (done.fresh().status, done.fresh().finished_at) == ("active", None)


def test_what_stands_between_the_steps_is_not_done_again(done):
    ledger.reopen(done.run, {"pack", "close"}, now=done.at(60))
    done.ring("pack", 61)
    done.succeed("pack", 62, 63, attempt=2)
    assert done.statuses()["close"] == "sent"
    done.succeed("close", 64, 65, attempt=2)
    assert done.fresh().status == "done"


def test_one_branch_of_a_fork_is_done_again_alone(done):
    ledger.reopen(done.run, {"bill"}, now=done.at(60))
    done.succeed("bill", 61, 62, attempt=2)
    assert done.fresh().status == "done"
    assert done.run.steps.get(name="ship").attempts == 1


def test_a_second_time_finds_nothing_to_move_back(done):
    ledger.reopen(done.run, {"bill"}, now=done.at(60))
    assert ledger.reopen(done.run, {"bill"}, now=done.at(61)) == ()
    assert done.run.steps.get(name="bill").opened_at == done.at(60)


def test_the_attempt_that_succeeded_before_stays_in_the_history(done):
    ledger.reopen(done.run, {"bill"}, now=done.at(60))
    past = Attempt.objects.get()
    assert (past.step.name, past.number, past.outcome) == ("bill", 1, "success")
    assert (past.started_at, past.ended_at) == (done.at(2), done.at(2.5))


def test_a_message_of_the_former_attempt_does_nothing(done):
    ledger.reopen(done.run, {"bill"}, now=done.at(60))
    with pytest.raises(ledger.Ended) as ended:
        done.start("bill", 61, attempt=1)
    assert ended.value.outcome == "success"


def test_a_run_stays_failed_while_another_of_its_steps_is(journey):
    fail_at_ship(journey)
    ledger.reopen(journey.run, {"bill"}, now=journey.at(60))
    assert journey.statuses()["bill"] == "pending"
    assert journey.fresh().status == "failed"


def test_a_failed_step_can_be_done_again_alone(journey):
    fail_at_ship(journey)
    assert ledger.reopen(journey.run, {"ship"}, now=journey.at(60)) == ("ship",)
    assert journey.fresh().status == "active"
    assert [attempt.outcome for attempt in Attempt.objects.all()] == ["failure"]


def test_a_branch_that_was_moved_back_is_opened_beside_one_that_has_failed(journey):
    fail_at_ship(journey)
    ledger.reopen(journey.run, {"pack", "bill"}, now=journey.at(60))
    journey.succeed("pack", 61, 62, attempt=2)
    assert journey.statuses() == {
        "pack": "success",
        "ship": "failure",
        "bill": "sent",
        "close": "pending",
    }


def test_steps_on_their_way_are_left_alone(journey):
    assert ledger.reopen(journey.run, {"pack"}, now=journey.at(60)) == ()
    assert journey.statuses()["pack"] == "sent"


def test_flower_and_the_timeline_are_told_of_both_times(done):
    ledger.reopen(done.run, {"bill"}, now=done.at(60))
    done.succeed("bill", 61, 62, attempt=2)
    run = Run.objects.prefetch_related("steps__past_attempts").get()
    ends = [event for event in events_of(run) if event.kind == "task-succeeded"]
    assert [event.at for event in ends if ".bill." in event.fields["uuid"]] == [
        done.at(2.5),
        done.at(62),
    ]
    bill = next(step for step in timeline(run, now=done.at(90)).steps if step.name == "bill")
    assert [attempt.state for attempt in bill.attempts] == ["success", "success"]
