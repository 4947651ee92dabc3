"""After a failure nobody waits for the broken thing a second time."""

import pytest

from pipelines import breaker
from pipelines.breaker import Breaker, CircuitOpen


class Clock:
    def __init__(self):
        self.time = 100.0

    def monotonic(self):
        return self.time


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(breaker, "time", clock)
    return clock


def test_a_failure_opens_the_circuit_for_a_while(clock):
    guard = Breaker(errors=(OSError,), rest=5).guard
    with pytest.raises(OSError), guard():
        raise OSError
    clock.time += 4.9
    with pytest.raises(CircuitOpen), guard():
        pytest.fail("not entered while it is open")
    clock.time += 0.1
    with guard():
        pass


def test_other_errors_leave_it_closed(clock):
    guard = Breaker(errors=(OSError,), rest=5).guard
    with pytest.raises(ValueError), guard():
        raise ValueError
    with guard():
        pass
