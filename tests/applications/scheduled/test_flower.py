from datetime import timedelta

import pytest

from pipelines.broker import BrokerAway
from pipelines.flower import Flower, FlowerAway
from pipelines.models import Run
from tests.clock import started_at

MINUTE = timedelta(minutes=1)


@pytest.fixture
def asked(db, only, monkeypatch):
    """Which Flowers were asked; each answers that it shows nothing, or as ``answer`` says."""
    only("flower")
    asked = []

    def shows(self, _states, *, at_most):
        asked.append(self)
        return {}

    monkeypatch.setattr(Flower, "shows", shows)
    return asked


def test_flower_is_asked_each_minute_with_its_first_login(asked, settings, now):
    settings.FLOWER_URL, settings.FLOWER_LOGIN = "http://flower:5555", "a:b"
    with started_at(now, beats=2) as clock:
        clock.move_to(now + MINUTE)
        clock.move_to(now + 2 * MINUTE)
    assert asked == [Flower("http://flower:5555", "a:b")] * 2


@pytest.mark.parametrize("away", [FlowerAway("URLError"), BrokerAway("OperationalError")])
def test_that_it_cannot_be_asked_or_told_alarms_nobody(asked, away, now, monkeypatch):
    def shows(*_, **__):
        raise away

    monkeypatch.setattr(Flower, "shows", shows)
    with started_at(now) as clock:
        clock.move_to(now + MINUTE)
    assert [run.status for run in Run.objects.all()] == [Run.Status.DONE]


def test_where_flower_has_no_login_there_is_none_to_ask(asked, settings, now):
    settings.FLOWER_LOGIN = ""
    with started_at(now) as clock:
        clock.move_to(now + MINUTE)
    assert asked == []
