import pytest

from django_celery.local.http import authorization, request


@pytest.mark.parametrize("url", ["http://example.com/", "file:///etc/passwd", "http://127.0.0.1/"])
def test_only_parts_of_this_machine_are_asked(url):
    with pytest.raises(ValueError, match="is not on this machine"):
        request(url)


def test_a_login_travels_as_basic_authentication():
    assert authorization("Aladdin:open sesame") == {
        "Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    }
