"""Objects in the bucket: put, get, link."""

from base64 import b64encode
from datetime import timedelta
from typing import IO
from urllib.parse import quote

from django.conf import settings

from applications.storage.client import client, signing_client
from applications.storage.errors import translated


def put(key: str, content: bytes | IO[bytes], *, content_type: str, sha256: str) -> None:
    """Store the object under its key. Doing it twice is harmless. A file is read block by block.

    The SHA-256 (hex) is kept as metadata, and S3 checks the bytes against it on arrival.
    Raises StorageUnavailable or StorageRefused.
    """
    with translated():
        client().put_object(
            Bucket=settings.AWS_STORAGE_BUCKET_NAME,
            Key=key,
            Body=content,
            ContentType=content_type,
            Metadata={"sha256": sha256},
            ChecksumAlgorithm="SHA256",
            ChecksumSHA256=b64encode(bytes.fromhex(sha256)).decode(),
        )


def get(key: str) -> bytes:
    """The object's bytes. Raises StorageUnavailable or StorageRefused."""
    with translated():
        answer = client().get_object(Bucket=settings.AWS_STORAGE_BUCKET_NAME, Key=key)
        return answer["Body"].read()


def link(key: str, *, filename: str, expires: timedelta) -> str:
    """A link that opens the object in a browser, signed for a short while.

    Sign it when somebody clicks; a signed link in a letter would die. No network is used, unless
    keys have to be fetched. Raises StorageUnavailable where there are none to sign with.
    """
    # RFC 6266: the file name in any language.
    disposition = f"inline; filename*=UTF-8''{quote(filename, safe='')}"
    with translated():
        return signing_client().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": settings.AWS_STORAGE_BUCKET_NAME,
                "Key": key,
                "ResponseContentDisposition": disposition,
            },
            ExpiresIn=int(expires.total_seconds()),
        )
