from types import SimpleNamespace

import pytest

from applications.services.reconciliation import pace as pace_module
from applications.services.reconciliation.pace import Pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still but for those who sleep; for this module, not for threads."""
    now = [100.0]

    def sleep(seconds):
        now[0] += seconds

    fake = SimpleNamespace(monotonic=lambda: now[0], sleep=sleep)
    monkeypatch.setattr(pace_module, "time", fake)
    return now


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
