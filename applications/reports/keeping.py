"""A report's file on its way into the object store, and the row that lists it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from applications import storage
from applications.models import Report

# Writes the file, or nothing if there is nothing to tell, and returns how many rows it tells of.
Writer = Callable[[IO[bytes]], int]


def keep(report: Report, write: Writer, *, now: datetime) -> None:
    """Have the file written, put it under the report's key and list it.

    ``report`` is not saved yet; ``write`` is not called if its key is listed already, and an empty
    file is not kept. After a crash at any point it may be called again: the object is put again,
    and there is one row. Raises storage.StorageUnavailable or StorageRefused.
    """
    if Report.objects.filter(key=report.key).exists():
        return
    with TemporaryFile() as file:
        report.row_count = write(file)
        if file.tell():
            _store(report, file)
            _list(report, now)


def _store(report: Report, file: IO[bytes]) -> None:
    report.size = file.tell()
    file.seek(0)
    report.sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    storage.put(report.key, file, content_type=report.content_type, sha256=report.sha256)
    storage.verify(report.key, size=report.size, sha256=report.sha256)


def _list(report: Report, now: datetime) -> None:
    """Another worker may have listed it meanwhile: it wrote the same."""
    Report.objects.get_or_create(
        key=report.key,
        defaults={
            "kind": report.kind,
            "since": report.since,
            "until": report.until,
            "row_count": report.row_count,
            "content_type": report.content_type,
            "size": report.size,
            "sha256": report.sha256,
            "made_at": now,
        },
    )
