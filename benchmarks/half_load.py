"""From Apply Now to HR's inbox, with half as many applications as the pipeline can carry."""

import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from uuid import UUID

from applications.models import Application
from benchmarks import batches, throughput
from benchmarks.inbox import Inbox
from benchmarks.visitor import Posted, Visitor
from django_celery.local.stack import Stack

# Of POSTs under way at the same moment: more than the web process answers together.
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class HalfLoad:
    """``rate`` applications were offered each second; ``waits`` are milliseconds."""

    rate: float
    waits: list[float]


def measure(stack: Stack, visitor: Visitor, *, batch: int, posts: int) -> HalfLoad:
    """Drain a backlog of ``batch``, then offer ``posts`` half as fast."""
    drained, _applications = throughput.drain(stack, batch)
    rate = 1 / drained.seconds / 2
    inbox = Inbox(stack.folder / "inbox")
    before = inbox.files()
    posted = _by_application(_offer(visitor, rate, posts))
    batches.wait_until_done("apply_now", posted.keys())
    arrived = inbox.for_hr(before)
    return HalfLoad(rate, [1000 * (arrived[pk] - each.at) for pk, each in posted.items()])


def _offer(visitor: Visitor, rate: float, posts: int) -> Collection[Posted]:
    """Send so many, each at its moment, whether or not those before it were answered."""
    tokens = [visitor.fetch_form() for _post in range(posts)]
    with ThreadPoolExecutor(_TOGETHER) as pool:
        began = time.monotonic()
        sent = []
        for token, moment in zip(tokens, _moments(rate), strict=False):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            sent.append(pool.submit(visitor.send, token))
    return [each.result() for each in sent]


def _moments(rate: float) -> Iterator[float]:
    """Seconds from the beginning, always the same ones."""
    random = Random(3)  # noqa: S311 - no secret
    return accumulate(iter(lambda: random.expovariate(rate), None))


def _by_application(posted: Iterable[Posted]) -> dict[UUID, Posted]:
    pages = {each.page.rstrip("/").rpartition("/")[2]: each for each in posted}
    found = Application.objects.filter(token__in=pages).values_list("pk", "token")
    return {pk: pages[token] for pk, token in found}
