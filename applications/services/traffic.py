"""How many applications arrive."""

from datetime import datetime, timedelta

from django.conf import settings

from applications.models import Application

_LATELY = timedelta(hours=1)


def is_flooded(now: datetime) -> bool:
    """Whether more than APPLY_POW_AFTER applications arrived within the hour before ``now``.

    Never where that is 0. One query, which looks at no more rows than it needs to.
    """
    limit = settings.APPLY_POW_AFTER
    if not limit:
        return False
    lately = Application.objects.filter(submitted_at__gt=now - _LATELY).order_by()
    return lately[: limit + 1].count() > limit
