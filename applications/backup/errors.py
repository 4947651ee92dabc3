"""What can go wrong with a backup."""

from pipelines.definition import StepError


class BackupFailed(StepError):
    """The database could not be dumped or loaded; the text holds nothing of what is in it."""


class BackupUnreadable(Exception):
    """These bytes are no backup that this key, or this engine, can make anything of."""
