"""Resuming a run: once, from where it failed, and sent at once."""

import pytest

from pipelines import registry
from pipelines.resuming import resume
from tests.pipelines.factories import fail_at_ship


@pytest.fixture
def journey(journey):
    fail_at_ship(journey)
    return journey


def test_a_failed_run_goes_on_from_where_it_failed(journey, send):
    assert resume(journey.run, now=journey.at(60)) == ("ship",)
    assert journey.fresh().status == "active"
    assert journey.statuses()["bill"] == "success"
    assert send.sent == [journey.run.pk]


def test_a_second_time_changes_nothing_and_sends_nothing(journey, send):
    resume(journey.run, now=journey.at(60))
    assert resume(journey.run, now=journey.at(61)) == ()
    assert send.sent == [journey.run.pk]


def test_a_run_of_another_release_is_resumed_for_a_worker_that_knows_it(journey, monkeypatch):
    monkeypatch.setattr(registry, "_pipelines", [])
    assert resume(journey.run, now=journey.at(60)) == ("ship",)
    assert journey.fresh().status == "active"
