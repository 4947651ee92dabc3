"""Redis: broker, result backend and cache."""

import shutil
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Part, PartFailed


def url(port: int) -> str:
    return f"redis://{LOOPBACK}:{port}/0"


def part(port: int, *, folder: Path) -> Part:
    """A server that keeps its data in ``folder`` and refuses to forget when memory is short.

    https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
    """
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": str(port),
        "bind": LOOPBACK,
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    arguments = [text for name, value in options.items() for text in (f"--{name}", value)]
    return Part(
        name="redis",
        command=(_program(), *arguments),
        is_ready=lambda _process: _answers(port),
        port=port,
    )


def _program() -> str:
    program = shutil.which("redis-server")
    if program is None:
        raise PartFailed("redis-server is not installed: apt-get install redis-server")
    return program


def _answers(port: int) -> bool:
    try:
        with Redis(host=LOOPBACK, port=port, socket_timeout=1) as client:
            return bool(client.ping())
    except RedisError:  # it also refuses while it still loads its data
        return False
