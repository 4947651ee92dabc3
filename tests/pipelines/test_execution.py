"""One attempt of one step, from its claim to its record."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from pipelines import ledger, patience
from pipelines.definition import StepError
from pipelines.execution import Failed, Retrying, Succeeded, execute
from tests.pipelines.conftest import Busy


@pytest.fixture(autouse=True)
def _frozen(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def at_ship(run):
    execute(run.pk, "pack", 1, worker="w1")
    return run


def test_a_step_gets_its_subject_and_is_done(run, story, subject):
    assert execute(run.pk, "pack", 1, worker="w1") == Succeeded(opened_next=True)
    assert story.done == [("pack", subject.pk)]


def test_a_second_message_of_the_same_attempt_does_nothing(run, story):
    execute(run.pk, "pack", 1, worker="w1")
    with pytest.raises(ledger.Ended):
        execute(run.pk, "pack", 1, worker="w2")
    assert len(story.done) == 1


def test_an_error_worth_waiting_for_is_tried_again_after_the_first_wait(at_ship, story, now):
    story.errors["ship"] = [Busy("The harbour is full.")]
    outcome = execute(at_ship.pk, "ship", 1, worker="w1")
    assert outcome == Retrying("The harbour is full.", now + timedelta(seconds=1))
    assert at_ship.steps.get(name="ship").error == "The harbour is full."


def test_when_the_waits_are_over_the_step_has_failed(at_ship, story, now):
    story.errors["ship"] = [Busy("Full.")] * 3
    outcomes = []
    for attempt in (1, 2, 3):
        outcomes.append(type(execute(at_ship.pk, "ship", attempt, worker="w1")))
        for step in ledger.ready(now=now + timedelta(minutes=1)):
            ledger.ring(step, now=now)
    assert outcomes == [Retrying, Retrying, Failed]


def test_an_error_that_no_policy_names_stops_at_once(at_ship, story):
    story.errors["ship"] = [StepError("No such harbour.")]
    assert execute(at_ship.pk, "ship", 1, worker="w1") == Failed("No such harbour.")


def test_the_words_of_a_bug_stay_in_the_process(at_ship, story, caplog):
    story.errors["bill"] = [ValueError("Ada Lovelace, ada@example.org")]
    with caplog.at_level(logging.INFO):
        outcome = execute(at_ship.pk, "bill", 1, worker="w1")
    assert outcome.error.startswith("ValueError in play, line ")
    assert "Ada" not in caplog.text
    assert str(at_ship.pk) in caplog.text
    assert at_ship.steps.get(name="bill").error == outcome.error


def test_a_database_that_went_away_under_a_step_is_nobodys_bug(at_ship, story, now):
    story.errors["bill"] = [OperationalError("server closed the connection")]
    outcome = execute(at_ship.pk, "bill", 1, worker="w1")
    assert outcome == Retrying(outcome.error, now + timedelta(seconds=1))


def test_a_subject_that_is_gone_fails_the_run_and_says_so(run, subject):
    subject.delete()
    assert execute(run.pk, "pack", 1, worker="w1") == Failed(
        "What this run was about is no longer there."
    )


@pytest.mark.django_db(transaction=True)
def test_a_record_is_tried_until_the_database_is_back(run, monkeypatch):
    away = [OperationalError("away"), OperationalError("away")]
    succeed = ledger.succeed

    def flaky(claim, *, now):
        if away:
            raise away.pop()
        return succeed(claim, now=now)

    monkeypatch.setattr(ledger, "succeed", flaky)
    monkeypatch.setattr(patience, "_PAUSE", 0)
    assert execute(run.pk, "pack", 1, worker="w1") == Succeeded(opened_next=True)
    assert run.steps.get(name="pack").status == "success"


def test_a_holder_whose_lease_was_lost_meanwhile_is_refused(run, parcel, story, monkeypatch, now):
    def slow(_name, _subject):
        ledger.crashed(now=now + ledger.LEASE)

    monkeypatch.setattr(story, "play", slow)
    with pytest.raises(ledger.LeaseLost):
        execute(run.pk, "pack", 1, worker="w1")
    assert run.steps.get(name="pack").status == "retry"
