import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import KeptFile
from applications.services import keeping
from applications.uploads import Upload

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=1)
CV = Upload("cv.pdf", "application/pdf", b"%PDF-1")
NEWER_CV = Upload("cv 2.docx", "application/zip", b"PK")
PHOTO = Upload("me.png", "image/png", b"\x89PNG")


def keep(now, before=None, **files):
    return keeping.keep(submission_key=KEY, files=files, before=before or {}, now=now)


def test_what_is_kept_comes_back_whole(now):
    assert keep(now, resume=CV, photo=PHOTO) == {"resume": CV, "photo": PHOTO}
    assert keeping.kept(KEY) == {"resume": CV, "photo": PHOTO}


def test_another_key_sees_nothing(now):
    keep(now, resume=CV)
    assert keeping.kept(uuid.UUID(int=2)) == {}


def test_a_newer_file_takes_the_place_of_the_older(now):
    before = keep(now, resume=CV, photo=PHOTO)
    assert keep(now, resume=NEWER_CV, photo=PHOTO, before=before) == {
        "resume": NEWER_CV,
        "photo": PHOTO,
    }
    assert keeping.kept(KEY) == {"resume": NEWER_CV, "photo": PHOTO}


def test_two_tries_at_once_leave_the_later_file(now):
    keep(now, resume=CV)
    keep(now, resume=NEWER_CV)
    assert keeping.kept(KEY) == {"resume": NEWER_CV}


def test_a_file_that_is_not_wanted_any_more_goes(now):
    before = keep(now, resume=CV, photo=PHOTO)
    assert keep(now, resume=CV, before=before) == {"resume": CV}
    assert keeping.kept(KEY) == {"resume": CV}


def test_what_is_kept_already_is_not_written_again(now):
    before = keep(now, resume=CV, photo=PHOTO)
    with CaptureQueriesContext(connection) as queries:
        keep(now, resume=CV, photo=PHOTO, before=before)
    assert len(queries) == 0


def test_nothing_new_is_kept_when_there_is_no_room(now, monkeypatch):
    before = keep(now, resume=CV)
    monkeypatch.setattr(keeping, "MAX_KEPT", 1)
    assert keep(now, resume=CV, photo=PHOTO, before=before) == {"resume": CV}
    assert keep(now, resume=NEWER_CV, photo=PHOTO, before=before) == {"resume": CV}
    assert keeping.kept(KEY) == {"resume": CV}


def test_forgetting_a_key_leaves_the_others(now):
    keep(now, resume=CV, photo=PHOTO)
    other = uuid.UUID(int=2)
    keeping.keep(submission_key=other, files={"resume": CV}, before={}, now=now)
    keeping.forget(KEY)
    assert keeping.kept(KEY) == {}
    assert keeping.kept(other) == {"resume": CV}


def test_what_was_kept_for_more_than_a_day_is_deleted_once(now):
    keep(now - timedelta(days=1, seconds=1), resume=CV)
    keep(now - timedelta(days=1), photo=PHOTO)
    assert keeping.forget_kept_files(now) == 1
    assert keeping.forget_kept_files(now) == 0
    assert KeptFile.objects.get().filename == "me.png"
