"""How the back office writes times: in the office's time zone, short, with 24 hours."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def day(moment: datetime) -> str:
    """An aware time as ``2 Mar 2026``."""
    return date_format(timezone.localtime(moment), "j M Y")


def minute(moment: datetime) -> str:
    """An aware time as ``2 Mar 2026, 09:30``."""
    return date_format(timezone.localtime(moment), "j M Y, H:i")
