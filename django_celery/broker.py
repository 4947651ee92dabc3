"""How patient Celery is with its broker: not at all, for the sweep sends again what was not taken.

https://docs.celeryq.dev/en/stable/userguide/configuration.html#broker-transport-options
"""

from collections.abc import Iterator
from typing import Any

from kombu import Exchange, Queue

_TRIED_ONCE = {
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
_REDIS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "retry_on_timeout": False,
}
# Who gives up closes its channel and its connection first and waits for either, too: three times
# reading is the longest wait. A consumer waits for its messages in the worker's event loop, and
# for so long as it likes.
_RABBITMQ = {
    "connect_timeout": 1.5,
    "read_timeout": 1,
    "write_timeout": 2,
}


def queues(*names: str) -> Iterator[Queue]:
    """These, and beside each the one for steps that are tried again."""
    for queue in (twin for name in names for twin in (name, f"{name}.again")):
        yield Queue(queue, Exchange(queue), routing_key=queue)


def transport_options(url: str) -> dict[str, Any]:
    """The options for the broker at this URL."""
    return {**_TRIED_ONCE, **_options_of_its_own(url)}


def _options_of_its_own(url: str) -> dict[str, Any]:
    if url.startswith(("redis", "sentinel")):
        return _REDIS
    return _RABBITMQ if url.startswith(("amqp", "pyamqp")) else {}
