"""The virus scanner, if there is one: ClamAV. The only package that speaks clamd's protocol."""

from applications.scanning.clamd import find_virus, is_on
from applications.scanning.errors import ScanFailed, ScannerAway, ScannerBusy

__all__ = ["ScanFailed", "ScannerAway", "ScannerBusy", "find_virus", "is_on"]
