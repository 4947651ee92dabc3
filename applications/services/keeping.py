"""Good files of a form that had an error elsewhere: kept, so that nobody must choose them again.

They lie in the database under the form's submission key until the application is accepted, or
for a day.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from applications.models import Document, KeptFile
from applications.uploads import Upload

KEPT_FOR = timedelta(days=1)
# Anyone can make a form fail, so there is an end to what is kept: 5 GB at the very most.
MAX_KEPT = 500


def kept(submission_key: UUID) -> dict[Document.Kind, Upload]:
    """The files kept under the key, by their kind. One query."""
    return {
        Document.Kind(file.field): _upload(file)
        for file in KeptFile.objects.filter(submission_key=submission_key)
    }


def keep(
    *,
    submission_key: UUID,
    uploads: Collection[Upload],
    before: Mapping[Document.Kind, Upload],
    now: datetime,
) -> dict[Document.Kind, Upload]:
    """Keep ``uploads`` under the key in place of those kept ``before``; what is kept then.

    When there is no room it is less than asked for: nothing new is taken.
    """
    wanted = {upload.kind: upload for upload in uploads}
    _drop(submission_key, before.keys() - wanted.keys())
    new = [upload for upload in uploads if upload != before.get(upload.kind)]
    if not new:
        return wanted
    if KeptFile.objects.count() >= MAX_KEPT:
        return {kind: before[kind] for kind in before.keys() & wanted.keys()}
    _write(submission_key, new, now)
    return wanted


def forget(submission_key: UUID) -> None:
    """Delete what is kept under the key, once its application is accepted."""
    KeptFile.objects.filter(submission_key=submission_key).delete()


def forget_kept_files(now: datetime) -> int:
    """Delete what was kept for longer than a day before ``now`` (aware); how many files it was.

    Safe to run twice and at any time.
    """
    deleted, _per_model = KeptFile.objects.older_than(now - KEPT_FOR).delete()
    return deleted


def _drop(submission_key: UUID, kinds: Collection[Document.Kind]) -> None:
    if kinds:
        KeptFile.objects.filter(submission_key=submission_key, field__in=kinds).delete()


def _write(submission_key: UUID, uploads: Iterable[Upload], now: datetime) -> None:
    """A newer file of the same kind takes the older one's place."""
    KeptFile.objects.bulk_create(
        [_row(submission_key, upload, now) for upload in uploads],
        update_conflicts=True,
        unique_fields=("submission_key", "field"),
        update_fields=("filename", "content_type", "content", "kept_at"),
    )


def _upload(file: KeptFile) -> Upload:
    return Upload(
        kind=Document.Kind(file.field),
        filename=file.filename,
        content_type=file.content_type,
        content=bytes(file.content),
    )


def _row(submission_key: UUID, upload: Upload, now: datetime) -> KeptFile:
    return KeptFile(
        submission_key=submission_key,
        field=upload.kind,
        filename=upload.filename,
        content_type=upload.content_type,
        content=upload.content,
        kept_at=now,
    )
