"""A Redis that is away is an empty cache that accepts everything."""

import pytest
from django.core.cache import caches
from redis.exceptions import RedisError

from django_celery import cache as module
from django_celery.redis_url import with_database
from pipelines.breaker import Breaker


@pytest.fixture
def cache(monkeypatch):
    """The project's cache; nothing listens where the tests' REDIS_URL points."""
    monkeypatch.setattr(module, "_breaker", Breaker(errors=(RedisError,), rest=60))
    return caches["default"]


def test_reading_finds_nothing(cache):
    assert cache.get("a") is None
    assert cache.get("a", "default") == "default"


def test_writing_is_accepted_and_forgotten(cache):
    assert cache.add("a", 1) is True
    assert cache.set("a", 1) is None
    assert cache.delete("a") is False
    assert cache.incr("a") == 1


def test_after_a_failure_redis_is_not_asked_for_a_while(cache, monkeypatch):
    cache.get("a")

    def asked(*_args):
        pytest.fail("Redis was asked again")

    monkeypatch.setattr(module.RedisCache, "get", asked)
    assert cache.get("a") is None


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/2"),
        ("redis://localhost:6379", "redis://localhost:6379/2"),
        ("rediss://u:p@host/3?ssl_cert_reqs=none", "rediss://u:p@host/5?ssl_cert_reqs=none"),
    ],
)
def test_the_other_databases_are_on_the_same_server(url, moved):
    assert with_database(url, offset=2) == moved
