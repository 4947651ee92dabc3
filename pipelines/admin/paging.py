"""Pages of lists that grow for ever."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 10_000


class LongPaginator(Paginator[Any]):
    """Counts up to MOST and no further: a database counts a million rows one by one.

    Pages end there too; what is older is found by search and filters.
    """

    template_name = "admin/paging.html"
    most = MOST

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[:MOST].count()
