"""What Flower is told again is what happened, at the time at which it happened."""

from datetime import timedelta

from pipelines import ledger
from pipelines.flower.history import events_of

SECOND = timedelta(seconds=1)


def claim(run, step, attempt, now):
    return ledger.claim(run.pk, step, attempt, worker="w1", now=now)


def told(run, step):
    """(kind, seconds since the run began, number of the attempt) of each event of a step."""
    return [
        (
            event.kind.removeprefix("task-"),
            (event.at - run.created_at).seconds,
            int(event.fields["uuid"].rsplit(".")[-1]),
        )
        for event in events_of(run)
        if f".{step}." in event.fields["uuid"]
    ]


def test_a_step_that_succeeded(run, now):
    ledger.succeed(claim(run, "pack", 1, now + SECOND), now=now + 3 * SECOND)
    assert told(run, "pack") == [
        ("sent", 0, 1),
        ("received", 0, 1),
        ("started", 1, 1),
        ("succeeded", 3, 1),
    ]
    assert told(run, "ship") == [("sent", 3, 1)]
    assert told(run, "close") == []


def test_a_step_that_was_tried_again(run, now):
    held = claim(run, "pack", 1, now)
    ledger.retry(held, "busy", due_at=now + SECOND, now=now + SECOND)
    for step in ledger.ready(now=now + 2 * SECOND):
        ledger.ring(step, now=now + 2 * SECOND)
    claim(run, "pack", 2, now + 3 * SECOND)
    assert told(run, "pack") == [
        ("sent", 0, 1),
        ("received", 0, 1),
        ("started", 0, 1),
        ("retried", 1, 1),
        ("sent", 2, 2),
        ("received", 2, 2),
        ("started", 3, 2),
    ]


def test_a_step_that_failed_is_told_once(run, now):
    ledger.fail(claim(run, "pack", 1, now), "no such thing", now=now + SECOND)
    assert [kind for kind, _at, _number in told(run, "pack")] == [
        "sent",
        "received",
        "started",
        "failed",
    ]


def test_a_step_that_was_set_aside_has_failed_and_its_crashes_were_retries(run, now):
    for number in range(1, 5):
        moment = now + number * 2 * ledger.LEASE
        claim(run, "pack", number, moment)
        ledger.crashed(now=moment + ledger.LEASE)
        for step in ledger.ready(now=moment + ledger.LEASE):
            ledger.ring(step, now=moment + ledger.LEASE)
    ends = [kind for kind, _at, _number in told(run, "pack") if kind in {"retried", "failed"}]
    assert ends == ["retried", "retried", "retried", "failed"]


def test_a_revoked_message_is_told_as_revoked(run, now):
    ledger.discarded(run.pk, "pack", 1, now=now + SECOND)
    assert told(run, "pack")[:2] == [("sent", 0, 1), ("revoked", 1, 1)]


def test_a_message_is_told_under_its_name_with_the_runs_id_and_nothing_else(run, now):
    (sent,) = list(events_of(run))
    assert sent.fields == {
        "uuid": f"{run.pk}.pack.1",
        "name": "parcel.pack",
        "args": "()",
        "kwargs": f"{{'run': '{run.pk}'}}",
        "root_id": f"{run.pk}.pack.1",
        "parent_id": None,
        "retries": 0,
        "eta": None,
        "expires": None,
    }
