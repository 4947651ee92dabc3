"""The public feed and the counters: made every few minutes, kept in the cache between.

Made by whoever asks first when the cache has nothing, so that without Redis, or without anybody
who calls ``refresh()`` on time, they are slower and still true.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import branding
from applications.models import Job
from applications.services.facets import FACETS, Group, group
from applications.services.search import Search, find
from applications.sharing.feed import atom

# Twice the time between two refreshes: one may come late.
_KEPT = timedelta(minutes=10)
_KEY = "applications.publishing"
_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class Counters:
    """How many positions were open at ``counted_at``, and how many of them by each value."""

    counted_at: datetime
    open: int
    by: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Published:
    feed: bytes
    counters: Counters


def refresh(*, now: datetime) -> Published:
    """Make both anew and keep them. Three queries, and one write to the cache."""
    made = Published(feed=_feed(Search(), now), counters=_counters(now))
    cache.set(_KEY, made, _KEPT.total_seconds())
    return made


def published(now: datetime) -> Published:
    """What is kept, at most ten minutes old, or made anew."""
    kept: Published | None = cache.get(_KEY)
    return kept or refresh(now=now)


def feed(search: Search, now: datetime) -> bytes:
    """The newest positions that a search finds, as Atom; what everybody asks for is kept."""
    return _feed(search, now) if search.words else published(now).feed


def _feed(search: Search, now: datetime) -> bytes:
    company = str(branding.current())
    title = ": ".join(filter(None, (_("Open positions"), ", ".join(search.words))))
    return atom(
        find(search, now).jobs.order_by("-opens_at", "pk")[:_ENTRIES],
        company=company,
        title=f"{title} · {company}",
        page=reverse("jobs") + search.query_string(),
        path=reverse("feed") + search.query_string(),
    )


def _counters(now: datetime) -> Counters:
    groups = group(Job.objects.open(now))
    return Counters(
        counted_at=now,
        open=sum(one["number"] for one in groups),
        by={name: _by(name, groups) for name in FACETS},
    )


def _by(name: str, groups: list[Group]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in groups:
        counts[one[name]] += one["number"]
    return dict(counts.most_common())
