from datetime import timedelta

import pytest
from django.core.cache import cache

from applications.services import publishing
from tests.clock import started_at
from tests.factories import make_job

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def memory(settings):
    """A cache that is there, in the place of Redis."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "refresh_public"}}
    cache.clear()


def test_what_is_published_is_five_minutes_old_at_most(db, client, now):
    make_job(title="First", opens_at=now - MINUTE)
    with started_at(now, beats=2) as clock:
        publishing.published(now)
        make_job(title="Second", opens_at=now - MINUTE)
        assert "Second" not in client.get("/jobs.atom").content.decode()
        clock.move_to(now + 5 * MINUTE)
        assert publishing.published(now).counters.counted_at == now + 5 * MINUTE
        assert "Second" in client.get("/jobs.atom").content.decode()
