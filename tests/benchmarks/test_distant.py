import socket
import threading
import time

import pytest

from benchmarks import distance
from django_celery.local.crew import Crew
from django_celery.local.ports import LOOPBACK, Ports


def echo_once(server):
    line, _address = server.accept()
    with line:
        line.sendall(line.recv(100))


@pytest.fixture
def server():
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server


@pytest.fixture
def far(server, tmp_path):
    """The port from which the server is far away."""
    port = Ports().take()
    crew = Crew(logs=tmp_path, tell=lambda _event: None)
    part = distance._distant("far", port, to=server.getsockname()[1])
    crew.wait_for(crew.launch([part]))
    # Whether the program is up was asked by a connection, which it has passed on.
    server.accept()[0].close()
    yield port
    crew.stop()


def ask(port, line):
    """The answer to a line, until the connection is closed."""
    with socket.create_connection((LOOPBACK, port), timeout=10) as connection:
        connection.sendall(line)
        return b"".join(iter(lambda: connection.recv(100), b""))


def test_every_byte_arrives_and_a_round_trip_takes_both_ways(server, far):
    answering = threading.Thread(target=echo_once, args=(server,))
    answering.start()
    began = time.monotonic()
    answer = ask(far, b"hello\n")
    seconds = time.monotonic() - began
    answering.join()

    assert answer == b"hello\n"
    # Two ways for the connection, one there, one back.
    assert seconds >= 4 * distance._DELAY


def test_line_is_closed_when_nobody_is_at_its_other_end(server, far):
    server.close()

    try:
        answer = ask(far, b"hello\n")
    except ConnectionError:
        answer = b""

    assert answer == b""
