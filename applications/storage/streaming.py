"""Objects too large to be held in memory: put and got in pieces."""

from collections.abc import Iterator
from typing import IO, Any, Protocol, cast

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError
from django.conf import settings

from applications.storage.client import client
from applications.storage.errors import StorageUnavailable, translated

_PIECE = 1024 * 1024
# One part at a time, in the caller's own thread: it may be reading a process's output.
_TRANSFER = TransferConfig(use_threads=False)


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer at the end only; without ``size`` all that is left."""


def put_stream(key: str, stream: Readable) -> None:
    """Store what the stream gives, to its end; what breaks off leaves no object.

    Raises StorageUnavailable or StorageRefused, and what the stream raises.
    """
    with translated():
        client().upload_fileobj(
            cast("IO[Any]", stream),
            Bucket=settings.AWS_STORAGE_BUCKET_NAME,
            Key=key,
            Config=_TRANSFER,
        )


def get_stream(key: str) -> Iterator[bytes]:
    """The object's bytes, in pieces. Raises StorageUnavailable or StorageRefused."""
    with translated():
        answer = client().get_object(Bucket=settings.AWS_STORAGE_BUCKET_NAME, Key=key)
        try:
            yield from answer["Body"].iter_chunks(_PIECE)
        except (BotoCoreError, OSError) as error:
            raise StorageUnavailable(
                f"The object store broke off ({type(error).__name__})."
            ) from None
