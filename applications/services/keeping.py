"""Good files of a form that had an error elsewhere: kept, so that nobody must choose them again.

They lie in the database under the form's submission key until the application is accepted, or
for a day. Each goes by the name of its field in the form.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from applications.models import KeptFile
from applications.uploads import Upload

KEPT_FOR = timedelta(days=1)
# Anyone can make a form fail, so there is an end to what is kept: 5 GB at the very most.
MAX_KEPT = 500


def kept(submission_key: UUID) -> dict[str, Upload]:
    """The files kept under the key, by their fields. One query."""
    return {
        file.field: _upload(file) for file in KeptFile.objects.filter(submission_key=submission_key)
    }


def keep(
    *,
    submission_key: UUID,
    files: Mapping[str, Upload],
    before: Mapping[str, Upload],
    now: datetime,
) -> Mapping[str, Upload]:
    """Keep ``files`` under the key in place of those kept ``before``; what is kept then.

    When there is no room it is less than asked for: nothing new is taken.
    """
    _drop(submission_key, before.keys() - files.keys())
    new = {field: upload for field, upload in files.items() if upload != before.get(field)}
    if not new:
        return files
    if KeptFile.objects.count() >= MAX_KEPT:
        return {field: before[field] for field in before.keys() & files.keys()}
    _write(submission_key, new.items(), now)
    return files


def forget(submission_key: UUID) -> None:
    """Delete what is kept under the key, once its application is accepted."""
    KeptFile.objects.filter(submission_key=submission_key).delete()


def forget_kept_files(now: datetime) -> int:
    """Delete what was kept for longer than a day before ``now`` (aware); how many files it was.

    Safe to run twice and at any time.
    """
    deleted, _per_model = KeptFile.objects.older_than(now - KEPT_FOR).delete()
    return deleted


def _drop(submission_key: UUID, fields: Collection[str]) -> None:
    if fields:
        KeptFile.objects.filter(submission_key=submission_key, field__in=fields).delete()


def _write(submission_key: UUID, files: Iterable[tuple[str, Upload]], now: datetime) -> None:
    """A newer file of the same field takes the older one's place."""
    KeptFile.objects.bulk_create(
        [_row(submission_key, field, upload, now) for field, upload in files],
        update_conflicts=True,
        unique_fields=("submission_key", "field"),
        update_fields=("filename", "content_type", "content", "kept_at"),
    )


def _upload(file: KeptFile) -> Upload:
    return Upload(
        filename=file.filename, content_type=file.content_type, content=bytes(file.content)
    )


def _row(submission_key: UUID, field: str, upload: Upload, now: datetime) -> KeptFile:
    return KeptFile(
        submission_key=submission_key,
        field=field,
        filename=upload.filename,
        content_type=upload.content_type,
        content=upload.content,
        kept_at=now,
    )
