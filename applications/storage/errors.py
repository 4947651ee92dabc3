"""What can go wrong with the store, sorted by what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from pipelines.definition import Outage, StepError

# What no second try will change. Anything else passes or is put right by a person meanwhile:
# a server error, a missing bucket, an expired key.
_PERMANENT = frozenset(
    {"EntityTooLarge", "InvalidArgument", "InvalidRequest", "KeyTooLongError", "MetadataTooLarge"}
)
# What says nothing about any other object: it is not there, or other bytes arrived than were sent.
_OF_ONE_OBJECT = frozenset(
    {
        "NoSuchKey",
        "NoSuchVersion",
        "404",
        "BadDigest",
        "XAmzContentSHA256Mismatch",
        "XAmzContentChecksumMismatch",
    }
)


class StorageUnavailable(StepError):
    """The store does not have or do what it should now: try again."""


class StorageAway(StorageUnavailable, Outage):
    """The store does not answer at all, or answers that it cannot now, whatever one asks for."""


class StorageRefused(StepError):
    """The store will never take this object as it is: a person must look."""


@contextmanager
def translated() -> Iterator[None]:
    """boto3's errors inside the block come out as StorageUnavailable or StorageRefused.

    The text names S3's own error code and nothing else.
    """
    try:
        yield
    except ClientError as error:
        raise _classify(error) from None
    except BotoCoreError as error:
        raise StorageAway(f"The object store cannot be reached ({type(error).__name__}).") from None


def _classify(error: ClientError) -> StepError:
    code = str(error.response.get("Error", {}).get("Code", "unknown"))
    if code in _PERMANENT:
        return StorageRefused(f"The object store refused the object ({code}).")
    trouble = StorageUnavailable if code in _OF_ONE_OBJECT else StorageAway
    return trouble(f"The object store is not ready ({code}).")
