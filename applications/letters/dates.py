"""Dates as letters write them, in the words and the order of the active language."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day(each: date) -> str:
    """``2 March 2026``; of an aware time in the zone that it is in."""
    # Translators: a date, in the format of Django's date filter.
    return date_format(each, _("j F Y"))


def weekday(each: date) -> str:
    """``Monday, 2 March 2026``."""
    # Translators: a date with its weekday, in the format of Django's date filter.
    return date_format(each, _("l, j F Y"))


def appointment(each: datetime) -> str:
    """``Monday, 2 March 2026, 14:00``, on the clocks of the zone that it is in."""
    # Translators: a date with weekday and time, in the format of Django's date filter.
    return date_format(each, _("l, j F Y, H:i"))


def moment(each: datetime) -> str:
    """``2 March 2026, 09:30 UTC``, on the office's clocks."""
    # Translators: a date with time and zone, in the format of Django's date filter.
    return date_format(timezone.localtime(each), _("j F Y, H:i T"))
