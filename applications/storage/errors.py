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


class StorageUnavailable(Outage):
    """The store does not answer, or answers that it cannot now: try again."""


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
        raise StorageUnavailable(
            f"The object store cannot be reached ({type(error).__name__})."
        ) from None


def _classify(error: ClientError) -> StepError:
    code = str(error.response.get("Error", {}).get("Code", "unknown"))
    if code in _PERMANENT:
        return StorageRefused(f"The object store refused the object ({code}).")
    return StorageUnavailable(f"The object store is not ready ({code}).")
