from uuid import UUID

import pytest

from applications import robots

KEY, OTHER_KEY = UUID(int=7), UUID(int=8)


def test_patience_is_twenty_seconds_and_at_most_two_hours(clock):
    token = robots.waiting_since(KEY)
    assert not robots.has_waited(token, KEY)
    clock.shift(19)
    assert not robots.has_waited(token, KEY)
    clock.shift(2)
    assert robots.has_waited(token, KEY)
    clock.shift(2 * 60 * 60)
    assert not robots.has_waited(token, KEY)


def test_a_token_is_good_for_its_own_key(clock):
    token = robots.waiting_since(KEY)
    clock.shift(60)
    assert not robots.has_waited(token, OTHER_KEY)


def test_a_form_that_is_shown_again_keeps_its_token(clock):
    token = robots.waiting_since(KEY)
    clock.shift(15)
    assert robots.waiting_since(KEY, before=token) == token
    assert robots.waiting_since(OTHER_KEY, before=token) != token
    clock.shift(3 * 60 * 60)
    assert robots.waiting_since(KEY, before=token) != token


@pytest.mark.parametrize("token", ["", "x", f"{KEY}", f"{KEY}:x:y"])
def test_what_we_did_not_sign_is_no_token(clock, token):
    assert not robots.has_waited(token, KEY)
