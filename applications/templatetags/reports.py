"""What the pages of a report need."""

from datetime import timedelta

from django import template

register = template.Library()

_UNITS = (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("min", timedelta(minutes=1)))
_SECOND = timedelta(seconds=1)


@register.filter
def span(value: timedelta) -> str:
    """A span of time in the unit that suits it: ``2.5 d``, ``3.0 h``, ``4.2 s``."""
    for unit, size in _UNITS:
        if value >= size:
            return f"{value / size:.1f} {unit}"
    return f"{value / _SECOND:.1f} s"
