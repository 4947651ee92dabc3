"""What Flower is told again is what happened, at the time at which it happened."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from kombu import Connection, Producer
from kombu.exceptions import OperationalError

from pipelines import ledger
from pipelines.broker import BrokerAway
from pipelines.flower import telling
from pipelines.flower.history import events_of

SECOND = timedelta(seconds=1)


@pytest.fixture
def heard(monkeypatch):
    """What Flower hears at once: (kind, task id, error) of each event."""
    events = []
    monkeypatch.setattr(telling, "connected", nullcontext)
    monkeypatch.setattr(
        telling,
        "_say",
        lambda _line, event: events.append(
            (event.kind, event.fields["uuid"], event.fields["exception"])
        ),
    )
    return events


def crash(run, number, now):
    """Kill whoever makes this attempt, and send the next; the attempts that ended."""
    moment = now + number * 2 * ledger.LEASE
    claim(run, "pack", number, moment)
    ended = ledger.crashed(now=moment + ledger.LEASE)
    for step in ledger.ready(now=moment + ledger.LEASE):
        ledger.ring(step, now=moment + ledger.LEASE)
    return ended


def set_aside(run, now):
    """The attempts that it took."""
    return [attempt for number in range(1, 5) for attempt in crash(run, number, now)]


def ends(run, step):
    return [kind for kind, _at, _number in told(run, step) if kind in {"retried", "failed"}]


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


def test_of_a_message_that_the_broker_refused_nothing_is_told(run, now):
    ledger.unsent(run.pk, now=now)
    assert told(run, "pack") == []


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
    set_aside(run, now)
    assert ends(run, "pack") == ["retried", "retried", "retried", "failed"]


def test_a_step_that_was_set_aside_had_failed_though_a_person_resumes_it(run, now):
    set_aside(run, now)
    ledger.resume(run, now=now + 10 * ledger.LEASE)
    assert ends(run, "pack") == ["retried", "retried", "retried", "failed"]


def test_a_crash_is_told_at_once_as_a_retry_and_the_last_one_as_a_failure(run, now, heard):
    telling.tell_ended(set_aside(run, now))
    crashed = "The worker died while it ran this step."
    aside = "Set aside: the worker died each time it ran this step."
    assert heard == [
        ("task-retried", f"{run.pk}.pack.1", crashed),
        ("task-retried", f"{run.pk}.pack.2", crashed),
        ("task-retried", f"{run.pk}.pack.3", crashed),
        ("task-failed", f"{run.pk}.pack.4", aside),
    ]


def test_what_is_told_at_once_is_what_is_told_again(run, now, heard):
    telling.tell_ended(set_aside(run, now))
    again = [event for event in events_of(run) if event.kind in {"task-retried", "task-failed"}]
    assert heard == [(e.kind, e.fields["uuid"], e.fields["exception"]) for e in again]


def test_of_a_cancelled_step_whose_attempts_are_forgotten_nothing_is_told(run, subject, now):
    ledger.retry(claim(run, "pack", 1, now), "busy", due_at=now + SECOND, now=now + SECOND)
    ledger.cancel(subject, now=now + 2 * SECOND)
    ledger.forget_attempts(before=now + 3 * SECOND)
    assert told(run, "pack") == []


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


def test_a_broker_that_goes_away_in_the_middle_is_no_success(run, settings, monkeypatch):
    taken = []

    def take(_producer, _body, **options):
        if len(taken) == 2:
            raise OperationalError
        taken.append(options["routing_key"])

    monkeypatch.setattr(
        telling.current_app, "connection_for_write", lambda: Connection("memory://")
    )
    monkeypatch.setattr(Producer, "publish", take)
    with pytest.raises(BrokerAway, match="OperationalError"):
        telling.tell_history([run, run, run])
    assert taken == ["task.sent", "task.sent"]
