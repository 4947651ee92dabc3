"""Runs, moments and durations as people read them."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from pipelines.models import Run

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_TENTHS_BELOW = 10


def short(run: Run) -> str:
    """The beginning of a run's id: enough to tell it from the others on a screen."""
    return str(run.pk)[:8]


def in_words(length: timedelta) -> str:
    """Two units at most: ``340 ms``, ``2.5 s``, ``42 s``, ``3 min 20 s``, ``2 d 4 h``.

    A negative length, which is two clocks that disagree, is none.
    """
    seconds = max(length.total_seconds(), 0)
    if seconds < 1:
        return f"{int(seconds * 1000)} ms"
    if seconds < _TENTHS_BELOW:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    return _in_units(int(seconds))


def _in_units(seconds: int) -> str:
    largest = next(index for index, (_unit, size) in enumerate(_UNITS) if seconds >= size)
    parts = []
    for unit, size in _UNITS[largest : largest + 2]:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts)


def clock(moment: datetime, *, beside: datetime) -> str:
    """The office's time of day; with the date, unless ``beside`` is on the same one."""
    local = timezone.localtime(moment)
    is_same_day = local.date() == timezone.localdate(beside)
    return date_format(local, "H:i:s" if is_same_day else "j M H:i:s")
