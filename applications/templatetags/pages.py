"""What the public pages' templates need beside Django's own tags.

The brand comes through a tag, not through a context processor, so that error pages, which Django
renders without a request, have it too.
"""

from datetime import datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from applications import branding, markup
from applications.models import Brand
from applications.sharing import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def current_brand(context: Context) -> Brand:
    """For base.html, which asks once a page.

    Without a request the page is about something that broke, and the database is left alone.
    """
    return branding.current() if context.get("request") else branding.remembered()


@register.filter
def absolute(path: str) -> str:
    """A path of this site as it is reached from outside."""
    return addresses.absolute(path)


@register.filter
def as_html(text: str) -> SafeString:
    """A position's description; see ``applications.markup``."""
    return markup.as_html(text)


@register.filter
def day(moment: datetime) -> str:
    """An aware time as a day in the office's time zone: ``2 March 2026``."""
    # Translators: a date, in the format of Django's date filter.
    return date_format(timezone.localtime(moment), _("j F Y"))


@register.filter
def clock(moment: datetime) -> str:
    """An aware time of day in the office's time zone: ``09:30 UTC``."""
    # Translators: a time of day with its zone, in the format of Django's date filter.
    return date_format(timezone.localtime(moment), _("H:i T"))
