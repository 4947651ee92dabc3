"""What a visitor looks for among the open positions, and what there is of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from applications.models import Job
from applications.models.job import JobQuerySet
from applications.services.facets import FACETS, Facet, count, facet, group, label_of
from applications.text import one_line

_LONGEST = 100  # characters of one value; nothing that we offer is longer
_A_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Words, and one value for each facet; an empty one does not matter.

    The names are those of the parameters in a link, so that a search can be kept as one.
    """

    text: str = ""
    department: str = ""
    place: str = ""
    workplace: str = ""
    employment: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The search of a link. Other parameters are left out; an unknown value finds nothing."""
        return cls(**{name: _clean(query.get(name, "")) for name in cls.__slots__})

    def query_string(self, **more: Any) -> str:
        """The end of its link, always in the same form: ``?place=Lisbon&page=2``, or nothing."""
        given = self.given | {name: value for name, value in more.items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def given(self) -> dict[str, str]:
        """What matters, by its name."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def filters(self) -> dict[str, str]:
        """The facets that matter, as a queryset's filters."""
        return {name: value for name, value in self.given.items() if name in FACETS}

    @property
    def words(self) -> list[str]:
        """What is looked for, as people would say it."""
        return [_in_words(name, value) for name, value in self.given.items()]


@dataclass(frozen=True, slots=True)
class Found:
    """``jobs`` are not read yet; ``count`` says how many there are."""

    jobs: JobQuerySet
    count: int
    facets: Sequence[Facet]


def matching(search: Search, now: datetime) -> JobQuerySet:
    """The positions open at ``now`` (aware) that match."""
    return Job.objects.open(now).mentioning(search.text).filter(**search.filters)


def find(search: Search, now: datetime) -> Found:
    """The positions open at ``now`` (aware) that match, and what else could be chosen.

    One query, and one more when the positions are read.
    """
    mentioned = Job.objects.open(now).mentioning(search.text)
    groups = group(mentioned)
    return Found(
        jobs=mentioned.filter(**search.filters),
        count=count(groups, search.filters),
        facets=[facet(name, groups, search.filters) for name in FACETS],
    )


@dataclass(frozen=True, slots=True)
class Wider:
    """A search with one thing left out, and how many positions that finds."""

    left_out: str
    search: Search
    count: int


def wider(search: Search, now: datetime) -> list[Wider]:
    """What would find something, where ``search`` finds nothing. A query for each thing given."""
    searches = [
        (_in_words(name, value), replace(search, **{name: ""}))
        for name, value in search.given.items()
    ]
    counted = [Wider(words, one, find(one, now).count) for words, one in searches]
    return [one for one in counted if one.search.given and one.count]


def like(job: Job, now: datetime) -> JobQuerySet:
    """A few other positions open at ``now`` in the same department, the newest first."""
    others = Job.objects.open(now).filter(department=job.department).exclude(pk=job.pk)
    return others.defer("description", "search_text")[:_A_FEW]


def _in_words(name: str, value: str) -> str:
    return f"“{value}”" if name == "text" else label_of(name, value)


def _clean(value: str) -> str:
    # PostgreSQL takes no NUL in a string.
    return one_line(value.replace("\0", ""))[:_LONGEST].strip()
