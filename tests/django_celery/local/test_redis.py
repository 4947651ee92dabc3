import pytest
from redis import Redis

from django_celery.local import redis
from django_celery.local.ports import Ports
from django_celery.local.process import PartFailed, wait_until_ready


def test_redis_remembers_across_a_restart(running, tmp_path):
    port = Ports().take()
    process = running(redis.part(port, folder=tmp_path / "redis"))
    with Redis.from_url(redis.url(port)) as client:
        client.set("key", "value")
    process.stop()
    process.start()
    wait_until_ready(process)
    with Redis.from_url(redis.url(port)) as client:
        assert client.get("key") == b"value"


def test_redis_forgets_nothing_for_lack_of_memory_and_listens_on_loopback_only(running, tmp_path):
    port = Ports().take()
    running(redis.part(port, folder=tmp_path / "redis"))
    with Redis.from_url(redis.url(port)) as client:
        settings = client.config_get("maxmemory-policy", "bind")
    assert settings == {"maxmemory-policy": "noeviction", "bind": "127.0.0.1"}


def test_a_missing_redis_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartFailed, match="apt-get install redis-server"):
        redis.part(1, folder=tmp_path / "redis")
