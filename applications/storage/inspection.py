"""What the store holds, asked without fetching it."""

import hashlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any, NamedTuple

from botocore.exceptions import ClientError
from django.conf import settings

from applications.storage.bucket import ping
from applications.storage.client import client
from applications.storage.errors import StorageUnavailable, translated

_BLOCK = 1024 * 1024
_NOT_FOUND = "404"


class Condition(Enum):
    """How an object compares with what should be there."""

    SOUND = auto()
    MISSING = auto()
    DIFFERENT = auto()


class Listed(NamedTuple):
    """An object as a listing names it; ``size`` in bytes."""

    key: str
    size: int


def condition(key: str, *, size: int, sha256: str) -> Condition:
    """Whether the store holds an object of this size (bytes) and SHA-256 (hex).

    S3's own checksum is believed; where the store keeps none, the bytes are read block by block.
    Raises StorageUnavailable or StorageRefused.
    """
    head = _head(key)
    if head is None:
        # A bucket that is missing answers the same, but then nothing is known of the object.
        ping()
        return Condition.MISSING
    if head["ContentLength"] != size:
        return Condition.DIFFERENT
    found = b64decode(head.get("ChecksumSHA256", "")).hex() or _sha256(key)
    return Condition.SOUND if found == sha256 else Condition.DIFFERENT


def verify(key: str, *, size: int, sha256: str) -> None:
    """Make sure that the store holds these very bytes.

    Raises StorageUnavailable where it does not: put them again.
    """
    if condition(key, size=size, sha256=sha256) is not Condition.SOUND:
        raise StorageUnavailable("The object store does not have what it was given.")


def listing(prefix: str, *, after: str = "") -> Iterator[Listed]:
    """The objects below ``prefix`` with keys beyond ``after``, in the order of their bytes.

    One request for each thousand. Raises StorageUnavailable or StorageRefused.
    """
    while True:
        with translated():
            page = client().list_objects_v2(
                Bucket=settings.AWS_STORAGE_BUCKET_NAME, Prefix=prefix, StartAfter=after
            )
        for item in page.get("Contents", ()):
            after = item["Key"]
            yield Listed(after, item["Size"])
        if not page["IsTruncated"]:
            return


def _head(key: str) -> Mapping[str, Any] | None:
    with translated():
        try:
            return client().head_object(
                Bucket=settings.AWS_STORAGE_BUCKET_NAME, Key=key, ChecksumMode="ENABLED"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _NOT_FOUND:
                return None
            raise


def _sha256(key: str) -> str:
    digest = hashlib.sha256()
    with translated():
        answer = client().get_object(Bucket=settings.AWS_STORAGE_BUCKET_NAME, Key=key)
        for block in answer["Body"].iter_chunks(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
