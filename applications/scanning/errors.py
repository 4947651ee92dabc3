"""What can go wrong with a scan, sorted by what to do about it. Nothing of a file in any text."""

from pipelines.definition import Outage, StepError


class ScannerBusy(StepError):
    """The scanner gave no verdict on this file, and may later: try again."""


class ScannerAway(ScannerBusy, Outage):
    """The scanner does not answer at all, whatever the file."""


class ScanFailed(StepError):
    """The scanner will give no verdict on this file as it is set up: a person must look."""
