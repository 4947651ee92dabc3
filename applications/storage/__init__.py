"""The object store (S3). The only module that knows boto3."""

from applications.storage.bucket import ensure_bucket, ping
from applications.storage.errors import StorageRefused, StorageUnavailable
from applications.storage.objects import get, link, put, verify

__all__ = [
    "StorageRefused",
    "StorageUnavailable",
    "ensure_bucket",
    "get",
    "link",
    "ping",
    "put",
    "verify",
]
