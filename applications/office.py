"""The office's clocks (``TIME_ZONE``): its days begin and end by them, wherever a visitor is."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """When that day begins (aware)."""
    return datetime.combine(day, time(), timezone.get_default_timezone())
