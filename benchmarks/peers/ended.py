"""How many chains are through: the last task of each counts it in Redis."""

import os
from functools import cache

from redis import Redis

_KEY = "benchmarks.peers.ended"


def count() -> None:
    _redis().incr(_KEY)


def number() -> int:
    return int(_redis().get(_KEY) or 0)


def forget() -> None:
    _redis().delete(_KEY)


@cache
def _redis() -> Redis:
    return Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
