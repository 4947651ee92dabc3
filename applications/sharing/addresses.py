"""Addresses for those who read us from elsewhere."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this site as it is reached from outside (``SITE_URL``)."""
    return f"{settings.SITE_URL}{path}"
