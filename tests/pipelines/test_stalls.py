"""Who could not renew a lease because nobody could is not taken for dead."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from pipelines import ledger, sweep
from pipelines.watch import Watch

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def no_messages(monkeypatch):
    """Neither broker nor Flower."""
    monkeypatch.setattr(sweep.flower, "tell_ended", lambda _attempts: None)
    monkeypatch.setattr(sweep.broker, "queue_lengths", dict)
    monkeypatch.setattr(sweep.canvas, "send", lambda _run: True)


@pytest.fixture
def held(run, now):
    return ledger.claim(run.pk, "pack", 1, worker="w1", now=now)


@pytest.fixture
def crashes():
    """How many crashes each sweep of a process finds that has just started."""
    watch = Watch()
    return lambda moments: [sweep.sweep(now=each, watch=watch).crashed for each in moments]


def every_second(now, first, last):
    return [now + second * SECOND for second in range(first, last)]


def test_who_renews_after_a_stall_goes_on(held, crashes, now):
    crashes([now + SECOND])
    assert crashes(every_second(now, 20, 24)) == [0] * 4
    ledger.renew([held], now=now + 24 * SECOND)
    assert crashes(every_second(now, 24, 39)) == [0] * 15


def test_who_does_not_renew_after_a_stall_is_dead(held, crashes, now):
    crashes([now + SECOND])
    assert crashes(every_second(now, 20, 31)) == [0] * 10 + [1]


def test_looks_that_do_not_get_through_are_a_stall(held, crashes, now, monkeypatch):
    crashes([now + SECOND])
    with monkeypatch.context() as away:
        away.setattr(sweep.ledger, "is_quiet", _raise)
        for moment in every_second(now, 2, 20):
            with pytest.raises(OperationalError):
                crashes([moment])
    assert crashes(every_second(now, 20, 24)) == [0] * 4


def test_who_was_dead_before_the_stall_is_not_waited_for(held, crashes, now):
    crashes([now + 14 * SECOND])
    ledger.renew([held], now=now - 5 * SECOND)
    assert crashes([now + 30 * SECOND]) == [1]


def test_a_clock_that_is_put_forward_and_back_hides_no_death(held, crashes, now):
    ahead = now + timedelta(days=1)
    assert crashes([now + SECOND, ahead, now + 2 * SECOND]) == [0, 0, 0]
    ledger.renew([held], now=now + 3 * SECOND)
    assert crashes(every_second(now, 3, 19)) == [0] * 15 + [1]


def test_sweeps_that_come_seldom_find_the_dead_one_sweep_later(held, crashes, now):
    assert crashes(now + second * SECOND for second in (0, 12, 24, 36)) == [0, 0, 0, 1]


def test_a_process_that_has_just_started_waits_for_nobody(held, crashes, now):
    assert crashes([now + ledger.LEASE]) == [1]


def _raise(**_times):
    raise OperationalError
