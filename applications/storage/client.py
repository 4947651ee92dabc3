"""One boto3 client per process: making one costs tens of milliseconds."""

import os
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from django.conf import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# The pipeline's own retries are visible; boto3's would hide a step's waiting.
_CONFIG = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 1},
    max_pool_connections=32,
    signature_version="s3v4",
    s3={"addressing_style": "path"},
)


_making = Lock()


def client() -> "S3Client":
    """This process's client, safe to share between its threads."""
    return _only(os.getpid(), settings.AWS_S3_ENDPOINT_URL)


def signing_client() -> "S3Client":
    """A client that signs links for the address under which browsers reach the store."""
    return _only(os.getpid(), settings.AWS_S3_PUBLIC_ENDPOINT_URL)


def _only(process: int, endpoint_url: str | None) -> "S3Client":
    # Threads that start together would each make one, from a session that is not theirs to share.
    with _making:
        return _client(process, endpoint_url)


@lru_cache(maxsize=4)
def _client(_process: int, endpoint_url: str | None) -> "S3Client":
    # The process is part of the key: a client must not be carried through a fork.
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint_url,
        region_name=settings.AWS_S3_REGION_NAME,
        config=_CONFIG,
    )
