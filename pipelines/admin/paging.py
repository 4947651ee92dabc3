"""Pages of lists that grow for ever."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 10_000


class LongPaginator(Paginator):
    """Counts up to MOST and no further: a database counts a million rows one by one.

    Pages end there too; what is older is found by search and filters.
    """

    template_name = "admin/paging.html"
    most = MOST

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MOST].count()
