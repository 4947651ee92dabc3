"""What the public pages' templates need beside Django's own tags.

Settings come through tags, not through a context processor, so that error pages, which Django
renders without a request, have them too.
"""

from datetime import datetime

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from applications import markup, stylesheet
from applications.sharing import addresses

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return str(settings.SITE_NAME)


@register.simple_tag
def stylesheet_url() -> str:
    return reverse("stylesheet", kwargs={"fingerprint": stylesheet.fingerprint()})


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
