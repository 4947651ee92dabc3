"""What ``/metrics`` tells: the ledger, the broker and the letters as they are at one moment."""

import logging
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from applications.models import Application, Letter
from pipelines import broker, measures
from pipelines.measures import Steps
from pipelines.models import StepRun

BROKER_LIMIT = 1.0  # seconds
# What is finished is counted this often and not on every scrape: that looks at all of it.
_TOTALS_KEPT = 15  # seconds

_STEP = ("pipeline", "step")

# One thread: a broker that hangs holds up neither scrapes nor more threads.
_broker_thread = ThreadPoolExecutor(1, thread_name_prefix="metrics-broker")

logger = logging.getLogger(__name__)


class Reading(Collector):
    """Everything as it is at one moment (aware): three queries, and a look at the broker."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        steps = measures.unfinished_steps(now=self._now)
        yield _backlog_age(steps, self._now)
        yield _oldest_waiting(steps, self._now)
        yield _runs()
        yield _steps(steps)
        yield _failures(steps)
        yield from _queues()
        yield GaugeMetricFamily(
            "applications_letters_in_doubt",
            "Letters of which nobody knows whether the mail server has them.",
            Letter.objects.in_doubt().count(),
        )
        yield CounterMetricFamily("applications", "Applications accepted.", _applications(_kept()))


def _backlog_age(steps: Iterable[Steps], now: datetime) -> Metric:
    ready = [each.ready_since for each in steps if each.ready_since]
    return GaugeMetricFamily(
        "pipelines_backlog_age_seconds",
        "How long the oldest step that is ready has waited for a worker.",
        _age(min(ready, default=now), now),
    )


def _oldest_waiting(steps: Iterable[Steps], now: datetime) -> Metric:
    family = GaugeMetricFamily(
        "pipelines_oldest_waiting_step_seconds",
        "For how long it has been the turn of the oldest step that nobody is at.",
        labels=_STEP,
    )
    oldest: dict[tuple[str, str], datetime] = {}
    for each in steps:
        if each.is_waiting and each.turn_since:
            name = (each.pipeline, each.step)
            oldest[name] = min(each.turn_since, oldest.get(name, now))
    for name, moment in oldest.items():
        family.add_metric(name, _age(moment, now))
    return family


def _runs() -> Metric:
    family = GaugeMetricFamily("pipelines_runs", "Runs.", labels=("pipeline", "status"))
    for name, number in {**_done(_kept()), **measures.unfinished_runs()}.items():
        family.add_metric(name, number)
    return family


def _steps(steps: Iterable[Steps]) -> Metric:
    family = GaugeMetricFamily(
        "pipelines_steps", "Steps of runs that are not done.", labels=(*_STEP, "status")
    )
    for each in steps:
        family.add_metric((each.pipeline, each.step, each.status), each.number)
    return family


def _failures(steps: Iterable[Steps]) -> Metric:
    family = GaugeMetricFamily(
        "pipelines_failed_steps", "Steps that wait for a person.", labels=_STEP
    )
    for each in steps:
        if each.status == StepRun.Status.FAILURE:
            family.add_metric((each.pipeline, each.step), each.number)
    return family


def _queues() -> Iterator[Metric]:
    """The lengths of the queues; nothing while the broker does not answer."""
    asked = _broker_thread.submit(broker.queue_lengths)
    try:
        lengths = asked.result(timeout=BROKER_LIMIT)
    except (broker.BrokerAway, TimeoutError) as error:
        asked.cancel()
        logger.warning("No lengths of queues: %s", type(error).__name__)
        return
    family = GaugeMetricFamily("celery_queue_length", "Messages on the broker.", labels=("queue",))
    for queue, length in lengths.items():
        family.add_metric((queue,), length)
    yield family


def _age(moment: datetime, now: datetime) -> float:
    return max((now - moment).total_seconds(), 0.0)


def _kept() -> int:
    """The number of the stretch of time in which totals are counted once."""
    return int(time.monotonic() // _TOTALS_KEPT)


@lru_cache(maxsize=1)
def _done(_stretch: int) -> dict[tuple[str, str], int]:
    return measures.count_done()


@lru_cache(maxsize=1)
def _applications(_stretch: int) -> int:
    return Application.objects.count()
