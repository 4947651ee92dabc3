import dataclasses
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from django_celery.local import seaweedfs
from django_celery.local.ports import Ports
from django_celery.local.process import Process, wait_until_ready
from tests.django_celery.local.waiting import wait_for


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[Process, seaweedfs.Bucket]]:
    folder = tmp_path_factory.mktemp("s3")
    ports = Ports()
    bucket = seaweedfs.Bucket(ports.take(), "applications", "an-access-key", "a-secret-key")
    process = Process(seaweedfs.part(bucket, folder=folder, ports=ports), folder=folder)
    process.start()
    wait_until_ready(process)
    yield process, bucket
    process.stop()
    assert not [path for path in process.part.leftovers if path.exists()]


def test_nobody_reads_without_the_keys(server):
    _process, bucket = server
    bucket.client().put_object(Bucket=bucket.name, Key="a", Body=b"a")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{bucket.endpoint}/{bucket.name}/a")
    with refused.value:
        assert refused.value.code == 403


def test_the_keys_open_their_bucket_and_no_other(server):
    _process, bucket = server
    with pytest.raises(ClientError, match="AccessDenied"):
        bucket.client().create_bucket(Bucket="another")


def test_keys_from_the_environment_open_nothing(server):
    _process, bucket = server
    assert os.environ["AWS_ACCESS_KEY_ID"]
    stranger = dataclasses.replace(
        bucket,
        access_key=os.environ["AWS_ACCESS_KEY_ID"],
        secret_key=os.environ["AWS_SECRET_ACCESS_KEY"],
    )
    with pytest.raises(ClientError, match="InvalidAccessKeyId"):
        stranger.client().list_objects_v2(Bucket=bucket.name)


def test_objects_survive_a_kill(server):
    process, bucket = server
    content = b"x" * 70_000
    bucket.client().put_object(
        Bucket=bucket.name, Key="a/b.pdf", Body=content, Metadata={"sha256": "abc"}
    )
    process.kill(signal.SIGKILL)
    process.stop()
    process.start()
    wait_until_ready(process)
    found = []

    def is_served():
        # A server that is up may not know for a moment where its objects lie.
        with suppress(ClientError):
            found.append(bucket.client().get_object(Bucket=bucket.name, Key="a/b.pdf"))
        return found

    wait_for(is_served, limit=30)
    assert found[0]["Body"].read() == content
    assert found[0]["Metadata"] == {"sha256": "abc"}


def test_the_secret_is_on_no_command_line_and_in_no_readable_file(tmp_path):
    bucket = seaweedfs.Bucket(1, "applications", "an-access-key", "a-secret-key")
    part = seaweedfs.part(bucket, folder=tmp_path, ports=Ports())
    assert not [text for text in part.command if bucket.secret_key in text]
    assert (tmp_path / "identities.json").stat().st_mode & 0o077 == 0


def test_ports_that_somebody_elses_run_has_left_marked_are_not_taken(tmp_path, monkeypatch):
    haunted = "seaweedfs-master-grpc-"
    unlink = Path.unlink

    def refuse_once(path: Path, *, missing_ok: bool = False) -> None:
        if path.name.startswith(haunted) and path not in refused:
            refused.append(path)
            if len(refused) == 1:
                raise PermissionError
        unlink(path, missing_ok=missing_ok)

    refused: list[Path] = []
    monkeypatch.setattr(Path, "unlink", refuse_once)
    bucket = seaweedfs.Bucket(1, "applications", "an-access-key", "a-secret-key")
    part = seaweedfs.part(bucket, folder=tmp_path, ports=Ports())
    first, second = (path.stem.removeprefix(haunted) for path in refused)
    assert f"-master.port.grpc={second}" in part.command
    assert f"-master.port.grpc={first}" not in part.command
