"""Objects with their whole past, for erasing: a bucket may keep versions of what is overwritten."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.conf import settings

from applications.storage.client import client
from applications.storage.errors import StorageUnavailable, translated

# As many as one request may name.
_BATCH = 1000


class Version(NamedTuple):
    """One version of an object, or the mark that one was deleted."""

    key: str
    version: str


def versions(prefix: str) -> Iterator[Version]:
    """All that the bucket holds below ``prefix``, past versions and marks of deletion included.

    A bucket without versions holds each object once, under the version ``null``. Raises
    StorageUnavailable or StorageRefused.
    """
    pages = client().get_paginator("list_object_versions")
    with translated():
        for page in pages.paginate(Bucket=settings.AWS_STORAGE_BUCKET_NAME, Prefix=prefix):
            for item in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                yield Version(item["Key"], item["VersionId"])


def erase(found: Sequence[Version]) -> None:
    """Delete these versions for good; those that are gone already do not matter.

    Raises StorageUnavailable if the store kept any of them, or StorageRefused.
    """
    for start in range(0, len(found), _BATCH):
        with translated():
            answer = client().delete_objects(
                Bucket=settings.AWS_STORAGE_BUCKET_NAME,
                Delete={
                    "Objects": [
                        {"Key": each.key, "VersionId": each.version}
                        for each in found[start : start + _BATCH]
                    ],
                    "Quiet": True,
                },
            )
        if errors := answer.get("Errors"):
            raise StorageUnavailable(f"The object store kept an object ({errors[0]['Code']}).")
