"""The servers that applications speak to: S3 as moto plays it, mail and a scanner on loopback."""

import boto3
import pytest
import time_machine
from moto import mock_aws

from applications import documents, storage
from applications.recent import Recent
from applications.storage.client import _client
from tests.clamd import clamd
from tests.smtp_server import smtp_server


@pytest.fixture(autouse=True)
def nothing_recent(monkeypatch):
    """What one test has stored is at hand in no other."""
    monkeypatch.setattr(documents, "_recent", Recent(room=1024 * 1024, lasting=60))


@pytest.fixture
def s3():
    """A client of a store in which the bucket is made, and empty."""
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
def scanner(settings):
    with clamd() as server:
        settings.CLAMAV_URL = server.url
        yield server


@pytest.fixture
def clock(now):
    """Time stands still at the tests' now."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller
