import socket

import pytest

from django_celery.local.ports import Ports, answers, is_free


def listening() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def test_preferred_port_is_given_when_it_is_free():
    with listening() as server:
        port = server.getsockname()[1]
    assert Ports().take(port) == port


def test_another_port_is_given_when_the_preferred_one_is_taken():
    with listening() as server:
        port = server.getsockname()[1]
        other = Ports().take(port)
    assert other != port
    assert is_free(other)


def test_no_port_is_given_twice():
    ports = Ports()
    first = ports.take()
    assert ports.take(first) != first


def test_two_stacks_that_start_together_are_not_promised_the_same_port():
    first, second = Ports(), Ports()
    port = first.take()
    assert second.take(port) != port
    assert second.take_pair(port, distance=100) != port


def test_a_promise_ends_with_whom_it_was_made_to():
    first = Ports()
    port = first.take()
    del first
    assert Ports().take(port) == port


def test_a_port_answers_while_somebody_listens():
    with listening() as server:
        port = server.getsockname()[1]
        assert answers(port)
    assert not answers(port)


def test_a_pair_is_free_at_both_ends():
    ports = Ports()
    with listening() as server:
        port = server.getsockname()[1]
        first = ports.take_pair(port - 100, distance=100)
        second = ports.take_pair(first, distance=100)
    assert first > port - 100
    assert first < second
    assert is_free(first)
    assert is_free(first + 100)


def test_no_pair_is_promised_beyond_the_last_port():
    with pytest.raises(OSError, match="No two free ports 100 apart above 65500"):
        Ports().take_pair(65500, distance=100)
