"""A run that nobody wants any more goes no further, and what was done stays told."""

import pytest
from celery.exceptions import Ignore

from pipelines import ledger, tasks
from pipelines.canvas import Address, canvas
from pipelines.flower.history import events_of
from pipelines.models import Run
from pipelines.schedules.models import Occasion
from pipelines.timeline import timeline
from tests.factories import make_job
from tests.pipelines.factories import fail_at_ship


@pytest.fixture
def cancel():
    """Cancel the journey so many seconds after it began."""
    return lambda journey, at: ledger.cancel(journey.subject, now=journey.at(at))


def test_what_is_done_stays_done_and_the_rest_is_not_to_be_done(journey, cancel):
    journey.succeed("pack", 0.5, 1)
    cancel(journey, 2)
    assert journey.statuses() == {
        "pack": "success",
        "ship": "cancelled",
        "bill": "cancelled",
        "close": "cancelled",
    }
    assert (journey.fresh().status, journey.fresh().finished_at) == ("cancelled", journey.at(2))
    assert canvas(journey.fresh()) == []
    assert ledger.ready(now=journey.at(3600)) == []


def test_a_run_that_is_done_stays_done(journey, cancel):
    for second, name in enumerate(("pack", "ship", "bill", "close")):
        journey.succeed(name, second, second + 0.5)
    cancel(journey, 60)
    assert journey.fresh().status == "done"
    assert set(journey.statuses().values()) == {"success"}


def test_a_run_of_another_subject_goes_on(journey, now):
    ledger.cancel(make_job(), now=now)
    assert journey.fresh().status == "active"


def test_a_row_of_another_model_with_the_same_key_is_another_subject(journey, now):
    ledger.cancel(Occasion(pk=journey.subject.pk), now=now)
    assert journey.fresh().status == "active"


def test_a_failed_run_needs_nobody_any_more(journey, cancel):
    fail_at_ship(journey)
    cancel(journey, 60)
    assert journey.fresh().status == "cancelled"
    assert journey.statuses()["ship"] == "cancelled"
    assert [attempt.outcome for attempt in journey.run.steps.get(name="ship").past_attempts.all()]
    assert ledger.resume(journey.run, now=journey.at(61)) == 0


def test_a_step_that_succeeds_after_it_opens_nothing(journey, cancel):
    held = journey.start("pack", 1)
    cancel(journey, 2)
    assert not ledger.is_at_rest(journey.subject)
    assert ledger.succeed(held, now=journey.at(3)) is False
    assert ledger.is_at_rest(journey.subject)
    assert journey.statuses()["pack"] == "success"
    assert journey.statuses()["ship"] == "cancelled"
    assert journey.fresh().status == "cancelled"


def test_when_its_last_step_succeeds_after_all_the_run_is_done(journey, cancel):
    for second, name in enumerate(("pack", "ship", "bill")):
        journey.succeed(name, second, second + 0.5)
    held = journey.start("close", 4)
    cancel(journey, 5)
    ledger.succeed(held, now=journey.at(6))
    assert journey.fresh().status == "done"


def test_a_step_that_would_be_tried_again_is_not(journey, cancel):
    held = journey.start("pack", 1)
    cancel(journey, 2)
    ledger.retry(held, "Too busy.", due_at=journey.at(10), now=journey.at(3))
    row = journey.run.steps.get(name="pack")
    assert (row.status, row.due_at, row.error) == ("cancelled", None, "Too busy.")
    assert [attempt.outcome for attempt in row.past_attempts.all()] == ["retry"]


def test_a_step_that_fails_after_it_makes_no_failed_run(journey, cancel):
    held = journey.start("pack", 1)
    cancel(journey, 2)
    ledger.fail(held, "Broken.", now=journey.at(3))
    assert journey.statuses()["pack"] == "cancelled"
    assert journey.fresh().status == "cancelled"


def test_a_step_whose_worker_died_is_not_taken_up_again(journey, cancel):
    journey.start("pack", 1)
    cancel(journey, 2)
    ledger.crashed(now=journey.at(1) + ledger.LEASE)
    assert journey.statuses()["pack"] == "cancelled"
    assert ledger.is_at_rest(journey.subject)


def test_nothing_of_it_is_reopened(journey, cancel):
    journey.succeed("pack", 0.5, 1)
    cancel(journey, 2)
    assert ledger.reopen(journey.run, {"pack"}, now=journey.at(60)) == ()
    assert journey.fresh().status == "cancelled"


def test_a_second_time_changes_nothing(journey, cancel):
    cancel(journey, 2)
    before = list(journey.run.steps.values())
    cancel(journey, 3)
    assert list(journey.run.steps.values()) == before
    assert journey.fresh().finished_at == journey.at(2)


def test_a_message_that_was_on_its_way_is_revoked_in_flower(journey, cancel):
    cancel(journey, 2)
    task = FakeTask(str(Address(journey.run.pk, "pack", 1)))
    with pytest.raises(Ignore):
        tasks._perform(task, str(journey.run.pk))
    assert task.said == ["task-revoked"]


class FakeTask:
    """As much of a Celery task as a message needs."""

    name = "parcel.pack"

    def __init__(self, task_id):
        self.request = type("Request", (), {"id": task_id, "hostname": "deliver@one"})
        self.said = []

    def send_event(self, kind, **_fields):
        self.said.append(kind)


def test_flower_and_the_back_office_can_tell_the_story(journey, cancel):
    journey.retry("pack", 0.5, 1, 10, "Too busy.")
    cancel(journey, 2)
    run = Run.objects.prefetch_related("steps__past_attempts").get(pk=journey.run.pk)
    assert [event.kind for event in events_of(run)][-1] == "task-retried"
    shown = timeline(run, now=journey.at(60))
    assert (shown.is_moving, shown.until) == (False, journey.at(2))
    assert [step.label for step in shown.steps] == ["Cancelled"] * 4
