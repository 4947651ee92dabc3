"""The open positions as a feed: Atom, RFC 4287."""

import re
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from applications.models import Job
from applications.sharing.addresses import absolute

# Whatever is no character of XML 1.0 (section 2.2): one of them, and no reader takes the feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(jobs: Iterable[Job], *, company: str, title: str, page: str, path: str) -> bytes:
    """``jobs`` as a feed; ``page`` is the path of the same positions for people, ``path`` its own.

    An entry is updated when its position opens, and when somebody edits it after that.
    """
    feed = Atom1Feed(
        title=_without_controls(title),
        link=absolute(page),
        description="",
        language=get_language(),
        feed_url=absolute(path),
        author_name=_without_controls(company),
    )
    for job in jobs:
        _add(feed, job)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, job: Job) -> None:
    address = absolute(job.get_absolute_url())
    feed.add_item(
        title=_without_controls(job.title),
        link=address,
        description=_without_controls(
            render_to_string("applications/feed_entry.html", {"job": job})
        ),
        unique_id=address,
        pubdate=job.opens_at,
        updateddate=job.changed_at,
        categories=[_without_controls(job.department)],
    )


def _without_controls(text: str) -> str:
    return _NOT_XML.sub("", text)
