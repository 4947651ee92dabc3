import sys
from pathlib import Path

import pytest

from django_celery.local.environment import Surroundings, environment
from django_celery.local.mail import Inbox
from django_celery.local.seaweedfs import Bucket


@pytest.fixture
def surroundings(tmp_path) -> Surroundings:
    return Surroundings(
        folder=tmp_path,
        database_url="sqlite:////tmp/x",
        redis_url="redis://127.0.0.1:6390/0",
        broker_url="redis://127.0.0.1:6390/0",
        bucket=Bucket(8333, "bucket", "key", "secret"),
        inbox=Inbox(1025, 8025),
        port=8000,
        flower_port=5555,
    )


def test_no_setting_leads_away_from_this_machine(surroundings):
    elsewhere = {
        "DATABASE_URL": "postgres://db.example.com/real",
        "REDIS_URL": "redis://redis.example.com/0",
        "CELERY_BROKER_URL": "amqp://mq.example.com",
        "AWS_S3_ENDPOINT_URL": "https://s3.example.com",
        "EMAIL_HOST": "smtp.example.com",
        "EMAIL_USE_TLS": "true",
        "SITE_NAME": "Kept",
    }
    found = environment(surroundings, elsewhere)
    assert [name for name, value in found.items() if "example.com" in value] == [
        "DEFAULT_FROM_EMAIL",
        "HR_EMAIL",
    ]
    assert found["SITE_NAME"] == "Kept"
    assert found["AWS_S3_ENDPOINT_URL"] == "http://127.0.0.1:8333"
    assert found["EMAIL_PORT"] == "1025"
    assert found["EMAIL_USE_TLS"] == "false"


def test_somebody_elses_amazon_account_is_not_used(surroundings, monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    found = environment(surroundings, {})
    assert "AWS_SESSION_TOKEN" not in found
    assert found["AWS_ACCESS_KEY_ID"] == "key"


def test_python_is_this_python(surroundings):
    first = environment(surroundings, {})["PATH"].split(":")[0]
    assert Path(first) == Path(sys.executable).parent
