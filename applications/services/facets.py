"""The columns by which open positions are filtered, and what each offers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Job
from applications.models.job import JobQuerySet

Filters: TypeAlias = Mapping[str, str]
# Positions that share the values of all facets: these values by name, and their ``number``.
Group: TypeAlias = Mapping[str, Any]

_NAMES: Mapping[str, str | Promise] = {
    "department": _("Department"),
    "place": _("Place"),
    "workplace": _("Workplace"),
    "employment": _("Employment"),
}
_LABELS: Mapping[str, Mapping[str, str | Promise]] = {
    "workplace": dict(Job.Workplace.choices),
    "employment": dict(Job.Employment.choices),
}

FACETS = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Option:
    """A value, and how many positions a visitor would see who chose it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    options: Sequence[Option]


def group(jobs: JobQuerySet) -> list[Group]:
    """Count ``jobs`` by the values of their facets. One query."""
    return list(jobs.order_by().values(*FACETS).annotate(number=Count("pk")))


def count(groups: Iterable[Group], filters: Filters) -> int:
    """How many positions of ``groups`` have the values that ``filters`` ask for."""
    return sum(one["number"] for one in groups if _matches(one, filters))


def facet(name: str, groups: Iterable[Group], filters: Filters) -> Facet:
    """What ``name`` offers while the other filters stay as they are."""
    others = {other: value for other, value in filters.items() if other != name}
    chosen = filters.get(name, "")
    counts: Counter[str] = Counter({chosen: 0} if chosen else {})
    for one in groups:
        if _matches(one, others):
            counts[one[name]] += one["number"]
    options = (Option(v, label_of(name, v), n, v == chosen) for v, n in counts.items())
    return Facet(name, _NAMES[name], sorted(options, key=lambda one: _rank(name, one)))


def label_of(name: str, value: str) -> str:
    """How people call a facet's value."""
    return str(_LABELS.get(name, {}).get(value, value))


def _matches(one: Group, filters: Filters) -> bool:
    return all(one[name] == value for name, value in filters.items())


def _rank(name: str, option: Option) -> tuple[int, str]:
    """A choice's values come as the choice has them, others by their names."""
    order = list(_LABELS.get(name, {}))
    place = order.index(option.value) if option.value in order else len(order)
    return place, option.label.casefold()
