"""Asking the broker things, whichever it is."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any, cast

from celery import current_app
from kombu import Connection
from kombu.exceptions import OperationalError

_NOT_FOUND = "404"

Errors = tuple[type[Exception], ...]


class BrokerAway(Exception):
    """The broker does not answer; the text is the class of the error."""


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection of its own, closed at the end. Raises BrokerAway, from inside the block too."""
    with current_app.connection_for_write() as connection:
        known = cast("Errors", (OperationalError, *connection.connection_errors))
        try:
            connection.ensure_connection(max_retries=0)
            yield connection
        except known as error:
            raise BrokerAway(type(error).__name__) from None


def queue_lengths() -> dict[str, int]:
    """How many messages the broker holds for each queue of ours. Raises BrokerAway."""
    with connected() as connection, closing(_channels(connection)) as channels:
        refusals = cast("Errors", connection.channel_errors)
        return {name: _length(next(channels), name, refusals) for name in current_app.amqp.queues}


def _channels(connection: Any) -> Generator[Any, None, None]:
    """The same channel for as long as it is open: on Redis each would be connections of its own."""
    while True:
        with connection.channel() as channel:
            yield channel
            # Only AMQP's have this: it closes a channel that asked for a queue not there yet.
            while getattr(channel, "is_open", True):
                yield channel


def _length(channel: Any, queue: str, refusals: Errors) -> int:
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except refusals as error:
        if str(getattr(error, "reply_code", "")) != _NOT_FOUND:
            raise BrokerAway(type(error).__name__) from None
        return 0
