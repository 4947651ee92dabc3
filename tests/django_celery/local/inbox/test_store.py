import pytest

from django_celery.local.inbox.store import Store


def test_a_message_is_kept_with_its_envelope_on_top(tmp_path):
    store = Store(tmp_path)
    name = store.add(b"Subject: x\r\n\r\nbody", sender="a@b", recipients=("c@d", "é@f"))
    assert (
        store.source(name)
        == (
            "Return-Path: <a@b>\r\nDelivered-To: c@d\r\nDelivered-To: é@f\r\nSubject: x\r\n\r\nbody"
        ).encode()
    )
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_newest_comes_first_also_for_a_later_reader(tmp_path):
    names = [Store(tmp_path).add(b"", sender="", recipients=()) for _message in range(3)]
    assert Store(tmp_path).ids() == names[::-1]


def test_an_unknown_message_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        Store(tmp_path).source("1-2")
