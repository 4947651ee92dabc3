"""Objects in an S3 that moto plays."""

import hashlib
from base64 import b64decode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from applications import storage
from applications.storage import StorageRefused, StorageUnavailable
from applications.storage import client as client_module
from applications.storage.errors import translated

pytestmark = pytest.mark.usefixtures("s3")

CONTENT = b"%PDF-1.7 a dossier"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def put(key="applications/1/dossier.pdf"):
    storage.put(key, CONTENT, content_type="application/pdf", sha256=SHA256)
    return key


def test_an_object_carries_its_type_and_its_sha256(s3):
    key = put()
    head = s3.head_object(Bucket="applications", Key=key, ChecksumMode="ENABLED")
    assert (head["ContentType"], head["Metadata"]) == ("application/pdf", {"sha256": SHA256})
    assert b64decode(head["ChecksumSHA256"]).hex() == SHA256


def test_what_was_put_can_be_got_and_verified():
    key = put()
    assert storage.get(key) == CONTENT
    storage.verify(key, size=len(CONTENT), sha256=SHA256)


def test_other_bytes_than_ours_are_noticed(s3):
    key = put()
    s3.put_object(Bucket="applications", Key=key, Body=b"other")
    with pytest.raises(StorageUnavailable):
        storage.verify(key, size=len(CONTENT), sha256=SHA256)


def test_a_link_is_signed_for_a_while_and_names_the_file():
    link = storage.link("a/b.pdf", filename="Łukasz 履歴書.pdf", expires=timedelta(minutes=2))
    query = parse_qs(urlsplit(link).query)
    assert query["X-Amz-Expires"] == ["120"]
    assert query["response-content-disposition"] == [
        "inline; filename*=UTF-8''%C5%81ukasz%20%E5%B1%A5%E6%AD%B4%E6%9B%B8.pdf"
    ]


@pytest.fixture
def no_keys(monkeypatch, tmp_path):
    """As if nobody had given boto3 keys, nor a place to find them."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client_module._client.cache_clear()
    yield
    client_module._client.cache_clear()


def test_without_keys_nothing_is_signed_and_it_is_said_why(no_keys):
    with pytest.raises(StorageUnavailable, match=r"cannot be reached \(NoCredentialsError\)"):
        storage.link("a/b.pdf", filename="b.pdf", expires=timedelta(minutes=2))


def test_making_the_bucket_twice_changes_nothing():
    storage.ensure_bucket()
    storage.ping()


@pytest.mark.parametrize(
    ("region", "place"), [("us-east-1", None), ("eu-central-1", "eu-central-1")]
)
def test_the_bucket_is_made_in_its_region(settings, s3, region, place):
    settings.AWS_S3_REGION_NAME, settings.AWS_STORAGE_BUCKET_NAME = region, "elsewhere"
    client_module._client.cache_clear()
    storage.ensure_bucket()
    assert s3.get_bucket_location(Bucket="elsewhere")["LocationConstraint"] == place


def test_a_bucket_that_is_missing_may_come_yet(settings):
    settings.AWS_STORAGE_BUCKET_NAME = "nowhere"
    with pytest.raises(StorageUnavailable) as raised:
        storage.get("a")
    assert str(raised.value) == "The object store is not ready (NoSuchBucket)."


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("SlowDown", StorageUnavailable),
        ("InternalError", StorageUnavailable),
        ("AccessDenied", StorageUnavailable),
        ("EntityTooLarge", StorageRefused),
    ],
)
def test_s3s_code_decides_whether_to_try_again(code, error):
    with pytest.raises(error), translated():
        raise ClientError({"Error": {"Code": code}}, "PutObject")


def test_a_store_that_cannot_be_reached_is_tried_again_and_no_address_is_told():
    with pytest.raises(StorageUnavailable) as raised, translated():
        raise EndpointConnectionError(endpoint_url="http://10.0.0.1:8333")
    assert str(raised.value) == "The object store cannot be reached (EndpointConnectionError)."
