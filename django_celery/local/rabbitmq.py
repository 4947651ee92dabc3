"""RabbitMQ as the broker, from Debian's package rabbitmq-server."""

import os
import shutil
from pathlib import Path

from kombu import Connection
from kombu.exceptions import OperationalError

from django_celery.local.ports import LOOPBACK, Ports
from django_celery.local.process import Part, PartFailed

# The program itself: the one in PATH is a wrapper that insists on a user of its own.
_PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")

# Guests may come from loopback only, which is where everything here is.
_CONFIGURATION = f"""\
listeners.tcp.1 = {LOOPBACK}:{{port}}
loopback_users.guest = true
log.console = true
log.file = false
# This machine's disk is for others to watch over.
disk_free_limit.absolute = 50MB
"""


def url(port: int) -> str:
    return f"amqp://guest:guest@{LOOPBACK}:{port}//"


def part(port: int, *, folder: Path, ports: Ports) -> Part:
    """A node of its own that keeps its data in ``folder``, the Erlang port mapper included.

    https://www.rabbitmq.com/docs/configure
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "rabbitmq.conf"
    configuration.write_text(_CONFIGURATION.format(port=port))
    return Part(
        name="rabbitmq",
        command=(_program(),),
        environment={**os.environ, **_environment(folder, configuration, ports)},
        is_ready=lambda _process: _answers(port),
        port=port,
        start_limit=120,
        stop_limit=30,
    )


def _environment(folder: Path, configuration: Path, ports: Ports) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": LOOPBACK,
        "ERL_EPMD_PORT": str(ports.take()),
        "RABBITMQ_NODENAME": "apply@localhost",
        "RABBITMQ_DIST_PORT": str(ports.take()),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "RABBITMQ_CONFIG_FILE": str(configuration),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
    }


def _program() -> str:
    if not _PROGRAM.exists() or shutil.which("erl") is None:
        raise PartFailed("RabbitMQ is not installed: apt-get install rabbitmq-server")
    return str(_PROGRAM)


def _answers(port: int) -> bool:
    try:
        with Connection(url(port), connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=0)
    except (OperationalError, OSError):
        return False
    return True
