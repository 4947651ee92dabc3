import pytest
from django.core.exceptions import ImproperlyConfigured

from django_celery.scanner import scanner


@pytest.mark.parametrize("url", ["", "tcp://clamav", "tcp://[::1]:3310", "unix:///run/clamd.ctl"])
def test_an_address_of_clamd_is_taken_as_it_is(url):
    assert scanner(url) == url


@pytest.mark.parametrize(
    "url", ["clamav:3310", "http://clamav", "tcp://", "tcp://clamav:port", "tcp://c:0", "unix://x"]
)
def test_what_is_no_address_of_clamd_stops_the_process(url):
    with pytest.raises(ImproperlyConfigured, match="CLAMAV_URL"):
        scanner(url)
