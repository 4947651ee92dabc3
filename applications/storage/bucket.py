"""The bucket itself."""

from botocore.exceptions import ClientError
from django.conf import settings

from applications.storage.client import client
from applications.storage.errors import translated

_OWNED = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})


def ping() -> None:
    """Whether the bucket can be used. Raises StorageUnavailable or StorageRefused."""
    with translated():
        client().head_bucket(Bucket=settings.AWS_STORAGE_BUCKET_NAME)


def ensure_bucket() -> None:
    """Make the bucket if it is not there. Raises StorageUnavailable or StorageRefused."""
    with translated():
        try:
            client().create_bucket(Bucket=settings.AWS_STORAGE_BUCKET_NAME)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _OWNED:
                raise
