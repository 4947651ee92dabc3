from datetime import timedelta

import pytest

from applications.services import traffic
from tests.factories import make_application, make_consent, make_job


@pytest.fixture
def arrived(db, now):
    shared = {"job": make_job(), "consent": make_consent()}

    def make(*ago):
        for each in ago:
            make_application(submitted_at=now - timedelta(minutes=each), **shared)

    return make


def test_a_flood_is_more_than_so_many_within_the_hour(arrived, now, settings):
    settings.APPLY_POW_AFTER = 2
    arrived(0, 59, 61)
    assert not traffic.is_flooded(now)
    arrived(30)
    assert traffic.is_flooded(now)
    assert not traffic.is_flooded(now + timedelta(hours=2))


def test_zero_is_never_and_asks_nothing(arrived, now, settings, django_assert_num_queries):
    settings.APPLY_POW_AFTER = 0
    arrived(0, 0, 0)
    with django_assert_num_queries(0):
        assert not traffic.is_flooded(now)
