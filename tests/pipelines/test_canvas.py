"""The canvas says what is left of a run, in Celery's words."""

import uuid

import pytest
from celery.canvas import _chain

from pipelines import canvas, ledger
from pipelines.canvas import Address
from pipelines.registry import find_pipeline
from tests.factories import make_application


@pytest.fixture
def apply_now_run(db, now):
    return ledger.open_run(find_pipeline("apply_now"), make_application(), now=now)


def succeed(run, *steps, now):
    for step in steps:
        ledger.succeed(ledger.claim(run.pk, step, 1, worker="w", now=now), now=now)


def names(messages):
    """The canvas as task names, a chain as a list."""
    return [
        [task.task for task in message.tasks] if isinstance(message, _chain) else message.task
        for message in messages
    ]


def test_a_new_run_is_a_chain_up_to_its_fork(run):
    assert names(canvas.canvas(run)) == [["parcel.pack"]]


def test_a_later_attempt_waits_in_a_queue_of_its_own(run, now):
    (first,) = canvas.canvas(run)
    ledger.retry(ledger.claim(run.pk, "pack", 1, worker="w", now=now), "no", due_at=now, now=now)
    ledger.ring(run.steps.get(name="pack"), now=now)
    (second,) = canvas.canvas(run)
    assert [first.tasks[0].options["queue"], second.tasks[0].options["queue"]] == [
        "render",
        "render.again",
    ]


def test_steps_that_stand_alone_are_one_chain(apply_now_run):
    assert names(canvas.canvas(apply_now_run)) == [
        ["apply_now.render_dossier", "apply_now.store_dossier"]
    ]


def test_the_branches_of_a_fork_are_sent_one_by_one(run, now):
    succeed(run, "pack", now=now)
    assert names(canvas.canvas(run)) == ["parcel.ship", "parcel.bill"]


def test_the_last_branch_carries_what_follows(run, now):
    succeed(run, "pack", "bill", now=now)
    assert names(canvas.canvas(run)) == [["parcel.ship", "parcel.close"]]


def test_a_branch_whose_sister_failed_goes_alone(run, now):
    succeed(run, "pack", now=now)
    ledger.fail(ledger.claim(run.pk, "ship", 1, worker="w", now=now), "no", now=now)
    assert names(canvas.canvas(run)) == ["parcel.bill"]


def test_a_finished_run_has_nothing_left_to_send(run, now):
    succeed(run, "pack", "ship", "bill", "close", now=now)
    assert canvas.canvas(run) == []
    assert canvas.send(run) is False


def test_a_message_carries_the_runs_id_and_nothing_else(run):
    first = canvas.canvas(run)[0].tasks[0]
    assert (first.args, first.kwargs) == ((), {"run": str(run.pk)})
    assert first.options["queue"] == "render"
    assert first.options["task_id"] == f"{run.pk}.pack.1"


def test_an_address_is_read_back_from_a_task_id():
    address = Address(uuid.uuid4(), "pack", 3)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("task_id", ["", "a.b.c", f"{uuid.uuid4()}", f"{uuid.uuid4()}.pack.x"])
def test_a_task_id_that_is_not_ours_is_refused(task_id):
    with pytest.raises(ValueError):
        Address.parse(task_id)


def test_a_broker_that_is_away_leaves_the_run_pending_and_due(run):
    assert canvas.send(run) is False
    step = run.steps.get(name="pack")
    assert step.status == "pending"
    assert step.due_at is not None
