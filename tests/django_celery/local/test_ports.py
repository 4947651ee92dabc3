import socket

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


def test_a_port_answers_while_somebody_listens():
    with listening() as server:
        port = server.getsockname()[1]
        assert answers(port)
    assert not answers(port)
