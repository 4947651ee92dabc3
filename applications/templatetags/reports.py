"""What the pages of a report need."""

from datetime import timedelta

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

register = template.Library()

_UNITS = (
    (_("%(number)s d"), timedelta(days=1)),
    (_("%(number)s h"), timedelta(hours=1)),
    (_("%(number)s min"), timedelta(minutes=1)),
)
_SECONDS = (_("%(number)s s"), timedelta(seconds=1))


@register.filter
def span(value: timedelta) -> str:
    """A span of time in the unit that suits it: ``2.5 d``, ``3.0 h``, ``4.2 s``."""
    text, size = next((unit for unit in _UNITS if value >= unit[1]), _SECONDS)
    return text % {"number": number_format(round(value / size, 1), 1)}
