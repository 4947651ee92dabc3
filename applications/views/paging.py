"""A long list in pages, each with a link of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from applications.services.search import Found, Search

PAGE_SIZE = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the list; the gap between two has no address."""

    label: str
    address: str
    is_current: bool


class FoundPaginator(Paginator[Any]):
    """Django's, told how many there are instead of asking once more."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.jobs.defer("description", "search_text"), PAGE_SIZE)
        self._found = found

    @cached_property
    def count(self) -> int:
        return self._found.count


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of what was found, and the way to the others. An empty address: there is none."""

    jobs: Page[Any]
    links: Sequence[Link]
    address: str
    previous: str
    next: str


def pages(found: Found, search: Search, number: str | None) -> Pages:
    """The page of this number, as a link has it: the last one there is, if it is beyond that."""
    page = FoundPaginator(found).get_page(number)
    return Pages(
        jobs=page,
        links=list(_links(page, search)),
        address=address_of(search, page.number),
        previous=address_of(search, page.number - 1) if page.has_previous() else "",
        next=address_of(search, page.number + 1) if page.has_next() else "",
    )


def address_of(search: Search, number: int = 1) -> str:
    """The path of a page of the list; the first one goes without its number."""
    return reverse("jobs") + search.query_string(page=number if number > 1 else "")


def _links(page: Page[Any], search: Search) -> Iterator[Link]:
    """The first page, those around this one, the last."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        address = address_of(search, number) if isinstance(number, int) else ""
        yield Link(str(number), address, is_current=number == page.number)
