from datetime import timedelta

import pytest
from django.core.cache import cache

from applications.services import publishing
from applications.services.search import Search
from tests.factories import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    """A cache that remembers, empty."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def test_what_was_made_is_served_without_asking_the_database(kept, now, django_assert_num_queries):
    make_job(opens_at=now)
    with django_assert_num_queries(4):
        made = publishing.refresh(now=now)
    with django_assert_num_queries(0):
        assert publishing.published(now + timedelta(minutes=5)) == made
        assert publishing.feed(Search(), now) == made.feed


def test_a_refresh_takes_in_what_has_opened_and_closed(kept, now):
    make_job(title="Cook", opens_at=now, closes_at=now + timedelta(minutes=5))
    make_job(title="Lawyer", opens_at=now + timedelta(minutes=5))
    assert b"Cook" in publishing.refresh(now=now).feed
    made = publishing.refresh(now=now + timedelta(minutes=5))
    assert b"Cook" not in made.feed
    assert b"Lawyer" in made.feed
    assert (made.counters.open, made.counters.counted_at) == (1, now + timedelta(minutes=5))
    assert publishing.published(now + timedelta(minutes=6)) == made


def test_without_redis_it_is_made_for_each_who_asks(now):
    """The tests' cache is a Redis at whose address nothing listens."""
    assert publishing.refresh(now=now).counters.open == 0
    make_job(opens_at=now)
    assert publishing.published(now).counters.open == 1


def test_after_ten_minutes_nobody_is_told_what_was(kept, now, time_machine):
    time_machine.move_to(now, tick=False)
    publishing.refresh(now=now)
    make_job(opens_at=now)
    later = now + timedelta(minutes=10, seconds=1)
    time_machine.move_to(later, tick=False)
    assert publishing.published(later).counters.open == 1
