import pytest

from applications.services.reconciliation import pace as module
from applications.services.reconciliation.pace import Pace
from tests.sleeping import SleepingTime


@pytest.fixture
def clock(monkeypatch):
    clock = SleepingTime()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_the_first_call_waits_for_nothing_and_the_next_ones_keep_their_distance(clock):
    pace = Pace(per_second=4)
    for _call in range(3):
        pace.wait()
    assert clock.now == 100.5


def test_who_comes_late_does_not_wait_and_saves_nothing_up(clock):
    pace = Pace(per_second=4)
    pace.wait()
    clock.now += 10
    pace.wait()
    pace.wait()
    assert clock.now == 110.25
