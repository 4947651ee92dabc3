"""The address of the virus scanner."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def scanner(url: str) -> str:
    """``url``, if it is empty or names a clamd: tcp://host:port or unix:///path."""
    if url and not _is_clamd(url):
        raise ImproperlyConfigured("CLAMAV_URL must be like tcp://host:3310 or unix:///path.")
    return url


def _is_clamd(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_tcp = parts.scheme == "tcp" and parts.port != 0 and bool(parts.hostname)
    except ValueError:
        return False
    return is_tcp or (parts.scheme == "unix" and bool(parts.path))
