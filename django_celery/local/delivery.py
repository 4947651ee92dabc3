"""What an application left behind: objects in the store, letters in the inbox."""

import hashlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django_celery.local.mail import Inbox
from django_celery.local.seaweedfs import Bucket


@dataclass(frozen=True)
class StoredObject:
    """An object as read back from the store; ``sha256`` is of the bytes that were read."""

    key: str
    size: int
    sha256: str
    is_intact: bool


def object_keys(bucket: Bucket) -> set[str]:
    """All keys of the bucket."""
    pages = bucket.client().get_paginator("list_objects_v2").paginate(Bucket=bucket.name)
    return {item["Key"] for page in pages for item in page.get("Contents", ())}


def read_back(bucket: Bucket, key: str) -> StoredObject:
    """It is intact when its bytes have the SHA-256 that its metadata promise."""
    found = bucket.client().get_object(Bucket=bucket.name, Key=key)
    content = found["Body"].read()
    digest = hashlib.sha256(content).hexdigest()
    return StoredObject(key, len(content), digest, found["Metadata"].get("sha256") == digest)


@dataclass(frozen=True)
class Before:
    """What was there before an application was sent, so that the new can be told from the old."""

    keys: AbstractSet[str]
    message_ids: AbstractSet[str]

    @classmethod
    def now(cls, bucket: Bucket, inbox: Inbox) -> "Before":
        return cls(object_keys(bucket), {message["id"] for message in inbox.messages()})

    def new_objects(self, bucket: Bucket) -> list[StoredObject]:
        """Those of applications, in the order of their keys: the clock stores things, too."""
        keys = sorted(object_keys(bucket) - self.keys)
        return [read_back(bucket, key) for key in keys if key.startswith("applications/")]

    def new_letters(self, inbox: Inbox) -> list[dict[str, Any]]:
        """The oldest first."""
        found = (one for one in inbox.messages() if one["id"] not in self.message_ids)
        return sorted(found, key=lambda message: message["id"])
