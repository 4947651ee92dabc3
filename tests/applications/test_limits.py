import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory

from applications import limits

HERE = "203.0.113.5"


@pytest.fixture
def cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield caches["default"]
    caches["default"].clear()


@pytest.fixture(autouse=True)
def rates(settings):
    settings.APPLY_RATE_PER_IP = 3
    settings.APPLY_RATE_PER_EMAIL = 2


def request(address=HERE):
    return RequestFactory().post("/", REMOTE_ADDR=address)


def send(email="ada@example.org", address=HERE):
    limits.count(request(address), email)


def waits(email="ada@example.org", address=HERE):
    return limits.seconds_to_wait(request(address), email) > 0


def test_asking_counts_nothing(cache):
    assert [waits() for _ask in range(5)] == [False] * 5


def test_one_mailbox_may_apply_so_often_from_wherever(cache):
    send(address="198.51.100.1")
    assert not waits()
    send(address="198.51.100.2")
    assert waits()
    assert not waits("grace@example.org")


def test_spellings_of_one_mailbox_count_together(cache):
    send("ada+one@example.org")
    send("Ada+two@Example.org")
    assert waits("ada@example.org")


def test_one_network_may_apply_so_often_for_whomever(cache):
    for name in "abc":
        send(f"{name}@example.org", address="2001:db8::1")
    assert waits("d@example.org", address="2001:db8::ffff")
    assert not waits("d@example.org", address="2001:db8:0:1::1")


def test_mails_to_one_mailbox_and_from_one_network_are_counted_apart_from_applications(cache):
    send()
    send()
    waits = [limits.count_reminder(request(), "ada@example.org") for _time in range(3)]
    assert waits[:2] == [0, 0]
    assert 0 < waits[2] <= 3600
    assert limits.count_reminder(request(), "grace@example.org")
    assert not limits.count_reminder(request("198.51.100.1"), "grace@example.org")


def test_the_wait_ends_within_the_hour(cache):
    with time_machine.travel("2026-03-02 09:30Z", tick=False) as clock:
        send()
        send()
        wait = limits.seconds_to_wait(request(), "ada@example.org")
        assert 0 < wait <= 3600
        clock.shift(wait - 1)
        assert waits()
        clock.shift(2)
        assert not waits()


def test_zero_switches_a_limit_off(cache, settings):
    settings.APPLY_RATE_PER_IP = 0
    settings.APPLY_RATE_PER_EMAIL = 0
    for _time in range(9):
        send()
    assert not waits()


def test_no_address_is_readable_in_the_cache(cache):
    send()
    assert len(cache._cache) == 2
    assert not any("ada@" in key or "203.0" in key for key in cache._cache)


def test_with_redis_away_everybody_is_let_through():
    for _time in range(9):
        send()
    assert not waits()


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("unknown", HERE),
        ("198.51.100.7:4711", HERE),
        ("", HERE),
    ],
)
def test_a_trusted_proxy_tells_the_address(settings, told, counted):
    settings.TRUSTED_PROXIES = 1
    asked = RequestFactory().post("/", REMOTE_ADDR=HERE, headers={"X-Forwarded-For": told})
    assert limits.client_address(asked) == counted


def test_addresses_of_version_4_are_not_one_network_of_version_6():
    assert limits.client_address(request("::ffff:203.0.113.5")) == HERE
    assert limits.client_address(request("2001:db8::1")) == "2001:db8::1"
    assert limits.client_address(request("")) == "127.0.0.1"


def test_a_mailbox_has_so_many_receipts_a_day(cache, settings):
    settings.APPLY_RECEIPTS_PER_EMAIL = 2
    receipts = [limits.spend_receipt(request(), name) for name in ("a@x.org", "A+1@x.org") * 2]
    assert receipts == [True, True, False, False]
    assert limits.spend_receipt(request(), "b@x.org")
    settings.APPLY_RECEIPTS_PER_EMAIL = 0
    assert limits.spend_receipt(request(), "a@x.org")


def test_patience_is_counted_per_network(cache):
    assert [limits.spend_patience(request()) > 0 for _time in range(4)] == [False] * 3 + [True]
    assert limits.spend_patience(request("198.51.100.1")) == 0
