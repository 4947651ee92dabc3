"""What search engines should visit: https://www.sitemaps.org/protocol.html."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from applications.models import Job
from applications.models.job import JobQuerySet


class _OurSitemap(Sitemap[Any]):
    """Speaks of the site as it is reached from outside (``SITE_URL``)."""

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - Django's
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 - Django's
        return urlsplit(settings.SITE_URL).netloc


class ListPage(_OurSitemap):
    """The list. It has no date of its last change: positions close in silence."""

    def items(self) -> Sequence[str]:
        return ("jobs",)

    def location(self, item: str) -> str:
        return reverse(item)


class OpenPositions(_OurSitemap):
    def items(self) -> JobQuerySet:
        return Job.objects.open(timezone.now()).only("slug", "opens_at", "updated_at")

    def lastmod(self, job: Job) -> datetime:
        return job.changed_at


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "list": ListPage,
    "positions": OpenPositions,
}
