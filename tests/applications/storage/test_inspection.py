"""What the store holds, asked of an S3 that moto plays."""

import hashlib

import pytest

from applications import storage
from applications.storage import Condition, Listed, StorageUnavailable, inspection

pytestmark = pytest.mark.usefixtures("s3")

KEY = "applications/1/dossier.pdf"
CONTENT = b"%PDF-1.7 a dossier"
EXPECTED = {"size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}


@pytest.fixture
def put(s3):
    return lambda key, content: s3.put_object(Bucket="applications", Key=key, Body=content)


def condition():
    return storage.condition(KEY, **EXPECTED)


def test_an_object_as_we_put_it_is_sound():
    storage.put(KEY, CONTENT, content_type="application/pdf", sha256=EXPECTED["sha256"])
    assert condition() is Condition.SOUND


def test_without_a_checksum_of_the_stores_own_the_bytes_are_compared(put, monkeypatch):
    monkeypatch.setattr(inspection, "_BLOCK", 4)
    put(KEY, CONTENT)
    assert condition() is Condition.SOUND


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT[:-1] + b"?"])
def test_other_bytes_are_different(put, content):
    put(KEY, content)
    assert condition() is Condition.DIFFERENT


def test_an_object_that_is_not_there_is_missing():
    assert condition() is Condition.MISSING


def test_a_bucket_that_is_not_there_says_nothing_about_the_object(settings):
    settings.AWS_STORAGE_BUCKET_NAME = "nowhere"
    with pytest.raises(StorageUnavailable):
        condition()


def test_a_listing_has_what_lies_below_and_beyond_in_order(put):
    for key in ("a/3", "a/1", "b/1", "a/2"):
        put(key, b"12345")
    assert list(storage.listing("a/", after="a/1")) == [Listed("a/2", 5), Listed("a/3", 5)]


def test_a_listing_goes_on_where_a_page_of_it_ends(put):
    for number in range(1001):
        put(f"a/{number:04}", b"1")
    assert len(list(storage.listing("a/"))) == 1001


def test_nothing_is_a_listing_too():
    assert list(storage.listing("a/")) == []
