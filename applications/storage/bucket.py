"""The bucket itself."""

from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings

from applications.storage.client import client
from applications.storage.errors import translated

_FIRST_REGION = "us-east-1"
_OWNED = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})


def ping() -> None:
    """Whether the bucket can be used. Raises StorageUnavailable or StorageRefused."""
    with translated():
        client().head_bucket(Bucket=settings.AWS_STORAGE_BUCKET_NAME)


def ensure_bucket() -> None:
    """Make the bucket if it is not there. Raises StorageUnavailable or StorageRefused."""
    with translated():
        try:
            client().create_bucket(Bucket=settings.AWS_STORAGE_BUCKET_NAME, **_in_its_region())
        except ClientError as error:
            if error.response["Error"]["Code"] not in _OWNED:
                raise


def _in_its_region() -> dict[str, Any]:
    """Amazon wants the region named, except for the first one, of which it must not be.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
    """
    region = settings.AWS_S3_REGION_NAME
    if region == _FIRST_REGION:
        return {}
    return {"CreateBucketConfiguration": {"LocationConstraint": region}}
