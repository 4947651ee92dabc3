import time

import pytest

from applications.services.reconciliation.pace import Pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still but for those who sleep."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def test_the_first_call_waits_for_nothing_and_the_next_ones_keep_their_distance(clock):
    pace = Pace(per_second=4)
    for _call in range(3):
        pace.wait()
    assert clock == [100.5]


def test_who_comes_late_does_not_wait_and_saves_nothing_up(clock):
    pace = Pace(per_second=4)
    pace.wait()
    clock[0] += 10
    pace.wait()
    pace.wait()
    assert clock == [110.25]
