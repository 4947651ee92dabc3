"""A record that cannot be written is tried again for a while, and no longer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError

from pipelines import patience
from pipelines.patience import patiently
from tests.sleeping import SleepingTime

LASTING = timedelta(seconds=2)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = SleepingTime()
    monkeypatch.setattr(patience, "time", clock)
    monkeypatch.setattr(patience, "close_old_connections", lambda: None)
    monkeypatch.setattr(patience.connections, "close_all", lambda: None)
    return clock


def failing(*errors):
    """A record that fails with these first, and then is written."""
    left = list(errors)

    def record():
        if left:
            raise left.pop(0)
        return "written"

    return record


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, InternalError])
def test_a_database_that_comes_back_gets_the_record(clock, error):
    assert patiently(failing(error, error), lasting=LASTING) == "written"
    assert clock.now == 101.0


def test_a_database_that_stays_away_is_given_up(clock):
    with pytest.raises(OperationalError):
        patiently(failing(*[OperationalError] * 9), lasting=LASTING)
    assert clock.now == 102.0


def test_whoever_was_stopped_for_long_tries_once_more(clock):
    left = [OperationalError]

    def record():
        if left:
            clock.sleep(60)
            raise left.pop()
        return "written"

    assert patiently(record, lasting=LASTING) == "written"


def test_any_other_error_is_raised_at_once(clock):
    with pytest.raises(IntegrityError):
        patiently(failing(IntegrityError), lasting=LASTING)
    assert clock.now == 100.0
