"""The object store (S3). The only module that knows boto3."""

from applications.storage.bucket import ensure_bucket, ping
from applications.storage.erasing import Version, erase, versions
from applications.storage.errors import StorageRefused, StorageUnavailable
from applications.storage.inspection import Condition, Listed, condition, listing, verify
from applications.storage.objects import get, link, put
from applications.storage.streaming import get_stream, put_stream

__all__ = [
    "Condition",
    "Listed",
    "StorageRefused",
    "StorageUnavailable",
    "Version",
    "condition",
    "ensure_bucket",
    "erase",
    "get",
    "get_stream",
    "link",
    "listing",
    "ping",
    "put",
    "put_stream",
    "verify",
    "versions",
]
