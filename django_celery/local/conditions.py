"""When a process of the application counts as up."""

import functools
from collections.abc import Callable

from celery import Celery
from celery.utils.nodenames import gethostname
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from django_celery.local.http import authorization, fetch, request
from django_celery.local.process import Process

Condition = Callable[[Process], bool]

_PATIENCE = 1.0


def answers(url: str, *, login: str = "") -> Condition:
    """It answers this address with a success; ``login`` is ``user:password``."""

    def condition(_process: Process) -> bool:
        return _answers(url, login)

    return condition


def pongs(name: str, *, broker: str) -> Condition:
    """The Celery worker ``name@this host`` answers a ping."""
    node = f"{name}@{gethostname()}"

    def condition(_process: Process) -> bool:
        control = _celery(broker).control
        try:
            return bool(control.ping(destination=[node], timeout=_PATIENCE, limit=1))
        except (OperationalError, RedisError):  # the latter on a connection that has been kept
            return False

    return condition


def prints(text: str) -> Condition:
    """It has printed this since it was started."""

    def condition(process: Process) -> bool:
        return text in process.output

    return condition


def _answers(url: str, login: str) -> bool:
    headers = authorization(login) if login else {}
    try:
        fetch(request(url, headers=headers), patience=_PATIENCE)
    except OSError:
        return False
    return True


@functools.cache
def _celery(broker: str) -> Celery:
    """An app that has only the broker of the real one: none of its tasks or settings."""
    app = Celery(broker=broker, set_as_current=False)
    app.conf.broker_transport_options = {"socket_connect_timeout": 1, "max_retries": 1}
    return app
