"""How many applications, reminders and alerts one network and one e-mail address may ask for.

Counted in Django's cache: with Redis away nothing is counted, and everybody is let through.
Addresses reach the cache as keyed hashes only.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_ratelimit.core import get_usage

# django-ratelimit's own key: the client's address, of IPv6 the /64 that a household has.
_NETWORK = "ip"
# Applications an hour from one network that come without a calculation when one is asked for.
_PATIENT = "3/h"
# Job alerts that may be asked for: each is a letter to somebody who may not have asked.
_ALERTS_OF_NETWORK = "20/h"
_ALERTS_OF_MAILBOX = "4/d"


def client_address(request: HttpRequest) -> str:
    """Where a request came from, told by the outermost of our TRUSTED_PROXIES, if there are any.

    What the client itself wrote into X-Forwarded-For is further to the left, and not believed.
    """
    told = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.TRUSTED_PROXIES
    forwarded = told[-count].strip() if 0 < count <= len(told) else ""
    return _address(forwarded) or _address(request.META.get("REMOTE_ADDR", "")) or "127.0.0.1"


def _address(told: str) -> str:
    """As it is counted; empty for what is none: some proxies write "unknown", or add a port.

    A socket for both versions of IP tells those of version 4 as ::ffff:203.0.113.5, and all of
    them would be one network.
    """
    try:
        address = ip_address(told)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def seconds_to_wait(request: HttpRequest, email: str) -> int:
    """Until another application may be sent; 0 when one may be sent now. Counts nothing."""
    usages = _usages("apply", request, email, increment=False)
    return _longest(usage for usage in usages if usage["count"] >= usage["limit"])


def count(request: HttpRequest, email: str) -> None:
    """Count an application that was accepted."""
    _usages("apply", request, email, increment=True)


def spend_patience(request: HttpRequest) -> int:
    """Take one of the few applications that a network may send after waiting; 0: here it is.

    Else the seconds until the next one may be sent.
    """
    usage = get_usage(request, group="apply-patient", key=_NETWORK, rate=_PATIENT, increment=True)
    return max(usage["time_left"], 0) if usage["should_limit"] else 0


def spend_receipt(request: HttpRequest, email: str) -> bool:
    """Take one of the receipts that a mailbox gets in a day; whether there was one left."""
    limit = settings.APPLY_RECEIPTS_PER_EMAIL
    if not limit:
        return True
    usage = get_usage(
        request,
        group="apply-receipt",
        key=_mailbox(email),
        rate=f"{limit}/d",
        increment=True,
    )
    return not usage["should_limit"]


def count_reminder(request: HttpRequest, email: str) -> int:
    """Count a reminder that is asked for; 0: here it is, else the seconds until the next.

    As many an hour as applications, counted by themselves.
    """
    usages = _usages("remind", request, email, increment=True)
    return _longest(usage for usage in usages if usage["should_limit"])


def count_alert(request: HttpRequest, email: str) -> int:
    """Count a job alert that is asked for; 0: here it is, else the seconds until the next."""
    usages = (
        get_usage(request, group="alert-ip", key=_NETWORK, rate=_ALERTS_OF_NETWORK, increment=True),
        get_usage(
            request,
            group="alert-email",
            key=_mailbox(email),
            rate=_ALERTS_OF_MAILBOX,
            increment=True,
        ),
    )
    return _longest(usage for usage in usages if usage["should_limit"])


def _usages(
    asked_for: str, request: HttpRequest, email: str, *, increment: bool
) -> list[dict[str, int]]:
    limits = (
        ("ip", _NETWORK, settings.APPLY_RATE_PER_IP),
        ("email", _mailbox(email), settings.APPLY_RATE_PER_EMAIL),
    )
    return [
        get_usage(
            request,
            group=f"{asked_for}-{counted}",
            key=key,
            rate=f"{limit}/h",
            increment=increment,
        )
        for counted, key, limit in limits
        if limit
    ]


def _longest(usages: Iterable[dict[str, int]]) -> int:
    return max((usage["time_left"] for usage in usages), default=0)


def _mailbox(email: str) -> Callable[[str, HttpRequest], str]:
    """django-ratelimit's form of a key. A ``+tag`` leads to the same mailbox, so it is left out."""
    local, _at, domain = email.casefold().rpartition("@")
    mailbox = f"{local.partition('+')[0]}@{domain}"
    digest = salted_hmac("applications.limits", mailbox, algorithm="sha256").hexdigest()
    return lambda _group, _request: digest
