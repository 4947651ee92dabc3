"""New applications and hires of a period, as CSV.

An application stands there by its reference and without a name: a file that was downloaded cannot
be erased with the application, and the link beside it leads to all there is to know. A hire has
the name, which stays with us.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from io import TextIOWrapper
from operator import itemgetter
from typing import IO, Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Employee
from applications.reports.cells import defused

_HEADINGS = (
    "Time",
    "What",
    "Reference",
    "Position",
    "Department",
    "Place",
    "New employee",
    "First day",
    "Link",
)
_CHUNK = 2000

_Rows = TypeVar("_Rows", bound=Model)
Row = tuple[datetime, tuple[str, ...]]


def write_csv(file: IO[bytes], *, since: datetime | None, until: datetime) -> int:
    """Write what came later than ``since`` and not later than ``until`` (aware), in its order.

    UTF-8 with a byte order mark, without which Excel takes it for another encoding; RFC 4180
    otherwise. Nothing at all if nothing came. Two queries, read in chunks. Returns the rows.
    """
    rows = merge(_applications(since, until), _hires(since, until), key=itemgetter(0))
    first = next(rows, None)
    if first is None:
        return 0
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    count = _write(text, first, rows)
    text.detach()
    return count


def _write(text: IO[str], first: Row, rows: Iterator[Row]) -> int:
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    writer.writerow(_cells(first))
    count = 1
    for count, row in enumerate(rows, start=2):  # noqa: B007 - the last one is the number
        writer.writerow(_cells(row))
    return count


def _cells(row: Row) -> list[str]:
    moment, texts = row
    return [timezone.localtime(moment).isoformat(timespec="seconds"), *map(defused, texts)]


def _applications(since: datetime | None, until: datetime) -> Iterator[Row]:
    found = _within(Application.objects.all(), "submitted_at", since, until).values_list(
        "submitted_at", "pk", "reference", "job__title", "job__department", "job__place"
    )
    for moment, pk, *texts in found.iterator(chunk_size=_CHUNK):
        yield moment, ("Application", *texts, "", "", _link("application", pk))


def _hires(since: datetime | None, until: datetime) -> Iterator[Row]:
    found = _within(Employee.objects.all(), "hired_at", since, until).values_list(
        "hired_at",
        "pk",
        "application__reference",
        "job__title",
        "job__department",
        "place",
        "full_name",
        "starts_on",
    )
    for moment, pk, reference, *texts, starts_on in found.iterator(chunk_size=_CHUNK):
        cells = ("Hire", reference or "", *texts, starts_on.isoformat())
        yield moment, (*cells, _link("employee", pk))


def _within(
    rows: QuerySet[_Rows], field: str, since: datetime | None, until: datetime
) -> QuerySet[_Rows]:
    later = {f"{field}__gt": since} if since else {}
    return rows.filter(**later, **{f"{field}__lte": until}).order_by(field, "pk")


def _link(model: str, pk: Any) -> str:
    return settings.SITE_URL + reverse(f"admin:applications_{model}_change", args=(pk,))
