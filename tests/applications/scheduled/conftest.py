"""What the jobs have their effects on."""

import boto3
import pytest
from django_celery_beat.models import PeriodicTask
from moto import mock_aws

from applications import storage
from applications.storage.client import _client
from tests.smtp_server import smtp_server


@pytest.fixture(autouse=True)
def s3():
    """For every test: what else is due then must find no store of anybody's."""
    with mock_aws():
        _client.cache_clear()
        storage.ensure_bucket()
        yield boto3.client("s3")
        _client.cache_clear()


@pytest.fixture
def smtp(settings):
    with smtp_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


@pytest.fixture
def only(db):
    """Switches off, as people do, all schedules but one: the others would mail and store too."""
    return lambda name: PeriodicTask.objects.exclude(name=name).update(enabled=False)
