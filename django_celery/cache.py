"""Redis as Django's cache, in a form that nobody has to wait for."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from pipelines.breaker import Breaker, CircuitOpen

P = ParamSpec("P")
T = TypeVar("T")

_breaker = Breaker(errors=(RedisError,), rest=5)


def _or(default: T, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        with _breaker.guard():
            return call(*args, **kwargs)
    except (RedisError, CircuitOpen):
        return default


class ForgivingRedisCache(RedisCache):
    """A Redis that is away is an empty cache that accepts everything.

    Not for anything that must be remembered: a write may vanish, ``add()`` says yes,
    and a counter that cannot be reached stands at its first count.
    """

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return _or(True, super().add, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _or(default, super().get, key, default, version)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _or(None, super().set, key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return _or(False, super().delete, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return _or(delta, super().incr, key, delta, version)
