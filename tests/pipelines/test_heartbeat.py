"""The heartbeat keeps what is alive, and lets go of what hangs."""

import threading

import pytest
from django.db import connection

from pipelines import ledger
from pipelines.heartbeat import Heart

LIMIT = 10  # seconds


@pytest.fixture
def held(parcel, subject, now):
    run = ledger.open_run(parcel, subject, now=now)
    return ledger.claim(run.pk, "pack", 1, worker="w1", now=now)


class Ledger:
    """Notes which claims were renewed, and says so."""

    def __init__(self):
        self.renewed = []
        self.beaten = threading.Event()

    def renew(self, claims, *, now):
        self.renewed.append(list(claims))
        self.beaten.set()
        connection.close()


@pytest.fixture
def told(monkeypatch):
    fake = Ledger()
    monkeypatch.setattr(ledger, "renew", fake.renew)
    return fake


def test_a_claim_is_renewed_while_its_step_runs(held, told):
    heart = Heart(interval=0.01)
    with heart.beating(held, timeout=LIMIT):
        assert told.beaten.wait(LIMIT)
    assert told.renewed[0] == [held]


def test_a_step_beyond_its_timeout_is_renewed_no_more(held, told):
    heart = Heart(interval=LIMIT)
    with heart.beating(held, timeout=0):
        heart._renew()
    assert told.renewed == []


def test_a_step_that_ended_is_renewed_no_more(held, told):
    heart = Heart(interval=LIMIT)
    with heart.beating(held, timeout=LIMIT):
        pass
    heart._renew()
    assert told.renewed == []
