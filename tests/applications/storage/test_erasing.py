import pytest

from applications import storage
from applications.storage import erasing as module

BUCKET = "applications"


@pytest.fixture
def versioned(s3):
    """A bucket that forgets nothing: two versions of one object, another one deleted."""
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for content in (b"first", b"second"):
        s3.put_object(Bucket=BUCKET, Key="applications/1/dossier.pdf", Body=content)
    s3.put_object(Bucket=BUCKET, Key="applications/1/photo.jpg", Body=b"a face")
    s3.delete_object(Bucket=BUCKET, Key="applications/1/photo.jpg")
    s3.put_object(Bucket=BUCKET, Key="applications/10/dossier.pdf", Body=b"another's")
    return s3


def keys(prefix):
    return sorted(each.key for each in storage.versions(prefix))


def test_past_versions_and_marks_of_deletion_are_found_below_the_prefix_alone(versioned):
    assert keys("applications/1/") == [
        "applications/1/dossier.pdf",
        "applications/1/dossier.pdf",
        "applications/1/photo.jpg",
        "applications/1/photo.jpg",
    ]


def test_nothing_is_left_of_what_is_erased_and_all_of_the_rest(versioned):
    storage.erase(list(storage.versions("applications/1/")))
    assert keys("applications/1/") == []
    assert keys("applications/") == ["applications/10/dossier.pdf"]


def test_a_bucket_without_versions_is_emptied_too(s3):
    s3.put_object(Bucket=BUCKET, Key="applications/1/dossier.pdf", Body=b"only")
    storage.erase(list(storage.versions("applications/1/")))
    assert keys("") == []


def test_more_than_one_request_may_take_are_erased_in_several(versioned, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 3)
    storage.erase(list(storage.versions("applications/1/")))
    assert keys("applications/1/") == []


def test_erasing_again_is_harmless(versioned):
    found = list(storage.versions("applications/1/"))
    storage.erase(found)
    storage.erase(found)
    storage.erase([])


def test_what_the_store_keeps_is_trouble_and_no_success(monkeypatch):
    class Keeping:
        def delete_objects(self, **_options):
            return {"Errors": [{"Key": "applications/1/photo.jpg", "Code": "AccessDenied"}]}

    monkeypatch.setattr(module, "client", Keeping)
    with pytest.raises(storage.StorageUnavailable) as trouble:
        storage.erase([storage.Version("applications/1/photo.jpg", "null")])
    assert str(trouble.value) == "The object store kept an object (AccessDenied)."


def test_a_store_that_is_away_is_not_taken_for_an_empty_one(settings):
    settings.AWS_S3_ENDPOINT_URL = "http://127.0.0.1:9"
    with pytest.raises(storage.StorageUnavailable):
        list(storage.versions("applications/1/"))
