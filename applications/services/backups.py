"""Backups of the database: made, kept, dropped when there are newer ones, restored.

They lie in the bucket below ``backups/``, named after their time. The objects of applications are
not in them: the bucket has those already.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection

from applications import backup, storage
from applications.services.hiring import planning
from pipelines import ledger
from pipelines.schedules.models import Timetable

_ROOM = "backups/"

_HELD = "Restored from a backup: what went out after it was made is not known here."


def make(*, due_at: datetime) -> str:
    """Dump the database into the bucket, sealed where BACKUP_KEY is set; the backup's name.

    A second call for the same ``due_at`` (aware) writes the same object again. Raises
    BackupFailed, StorageUnavailable and StorageRefused; there is no object then.
    """
    name = _name(due_at)
    with backup.dumped() as dump:
        pieces = backup.seal(dump, settings.BACKUP_KEY) if settings.BACKUP_KEY else dump
        stream = backup.Reader(pieces)
        storage.put_stream(f"{_ROOM}{name}", stream)
    if (kept := _sizes().get(name)) != stream.count:
        raise storage.StorageUnavailable(f"The object store kept {kept} of {stream.count} bytes.")
    return name


def drop_old() -> list[str]:
    """Delete all but the last BACKUPS_KEPT, with all their versions; what was deleted.

    Raises StorageUnavailable and StorageRefused.
    """
    old = names()[settings.BACKUPS_KEPT :]
    for name in old:
        storage.erase(list(storage.versions(f"{_ROOM}{name}")))
    return old


def names() -> list[str]:
    """The backups that there are, the newest first. Raises StorageUnavailable, StorageRefused."""
    return sorted(_sizes(), reverse=True)


def restore(name: str, *, now: datetime) -> int:
    """Put a backup in the place of the database; how many runs it found at work then.

    Those are held: what they mailed after the backup was made, nobody here knows, so that each
    goes on only when a person resumes it. So are letters that were planned for the time since, and
    scheduled work of that time is left out. Nothing else may use the database meanwhile. Raises
    BackupFailed, BackupUnreadable, StorageUnavailable and StorageRefused; the database is as it
    was then.
    """
    backup.load(_opened(name))
    connection.close()
    Timetable.objects.filter(since__lt=now).update(since=now)
    planning.begin_due(now=now)
    return ledger.hold_all(_HELD, now=now)


def _opened(name: str) -> Iterator[bytes]:
    if not name.removesuffix(backup.SEALED).endswith(backup.suffix()):
        raise backup.BackupUnreadable("This is a backup of another database engine.")
    pieces = storage.get_stream(f"{_ROOM}{name}")
    return backup.unseal(pieces, settings.BACKUP_KEY) if name.endswith(backup.SEALED) else pieces


def _name(due_at: datetime) -> str:
    sealed = backup.SEALED if settings.BACKUP_KEY else ""
    return f"{due_at:%Y-%m-%dT%H-%M-%SZ}.{backup.suffix()}{sealed}"


def _sizes() -> dict[str, int]:
    return {each.key.removeprefix(_ROOM): each.size for each in storage.listing(_ROOM)}
