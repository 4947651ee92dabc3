import pytest

from django_celery.redis_url import with_database


@pytest.mark.parametrize(
    ("url", "further"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/2"),
        ("redis://localhost:6379", "redis://localhost:6379/2"),
        ("rediss://user:p%40ss@redis.example.com:6380/3", "rediss://user:p%40ss@redis.example.com:6380/5"),
        ("redis://localhost/1?ssl_cert_reqs=none", "redis://localhost/3?ssl_cert_reqs=none"),
    ],
)  # fmt: skip
def test_only_the_database_number_changes(url, further):
    assert with_database(url, offset=2) == further
