"""The database as a stream of bytes, there and back: dumped, sealed, unsealed, loaded.

Nothing here knows where a backup is kept.
"""

from applications.backup.engines import dumped, load, suffix
from applications.backup.errors import BackupFailed, BackupUnreadable
from applications.backup.sealing import SEALED, seal, unseal
from applications.backup.streams import Reader

__all__ = [
    "SEALED",
    "BackupFailed",
    "BackupUnreadable",
    "Reader",
    "dumped",
    "load",
    "seal",
    "suffix",
    "unseal",
]
