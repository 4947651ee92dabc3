"""What a visitor looks for among the open positions, and what there is of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from applications.models import Job
from applications.models.job import JobQuerySet
from applications.services.facets import FACETS, Facet, count, facet, group, label_of
from applications.text import one_line

_LONGEST = 100  # characters of one value; nothing that we offer is longer


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
        given = {name: value for name, value in (asdict(self) | more).items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def filters(self) -> dict[str, str]:
        """The facets that matter, as a queryset's filters."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    @property
    def words(self) -> list[str]:
        """What is looked for, as people would say it."""
        labels = [label_of(name, value) for name, value in self.filters.items()]
        return [f"“{self.text}”", *labels] if self.text else labels


@dataclass(frozen=True, slots=True)
class Found:
    """``jobs`` are not read yet; ``count`` says how many there are."""

    jobs: JobQuerySet
    count: int
    facets: Sequence[Facet]


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


def _clean(value: str) -> str:
    # PostgreSQL takes no NUL in a string.
    return one_line(value.replace("\0", ""))[:_LONGEST].strip()
