"""Servers on loopback that behave, refuse and hang."""

import socket
import threading
from contextlib import closing, contextmanager, suppress

import pytest
from aiosmtpd.controller import Controller
from moto import mock_aws

from applications import storage
from django_celery.celery import app
from django_celery.local.ports import Ports


@pytest.fixture
def hanging_port():
    """Takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def mail_server(settings):
    class Nowhere:
        async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802  aiosmtpd's name
            pytest.fail("A probe sent a letter.")

    controller = Controller(Nowhere(), hostname="127.0.0.1", port=Ports().take())
    controller.start()
    settings.EMAIL_PORT = controller.port
    yield controller
    controller.stop()


@pytest.fixture
def object_store():
    with mock_aws():
        storage.ensure_bucket()
        yield


@pytest.fixture
def broker(monkeypatch):
    """Celery's in-memory broker in the place of Redis."""
    monkeypatch.setitem(app.conf, "broker_url", "memory://")
    monkeypatch.setitem(app.conf, "broker_transport_options", {})
    _forget_connections()
    yield
    _forget_connections()


def _forget_connections():
    """As after a fork: pooled connections would keep speaking to the broker they were made for."""
    app._after_fork()


@pytest.fixture
def worker(broker):
    """Answers a ping as a worker does, on the broker's control channel."""
    with _answering_pings():
        yield


@contextmanager
def _answering_pings():
    listening = threading.Event()
    stopping = threading.Event()
    thread = threading.Thread(target=_answer_pings, args=(listening, stopping))
    thread.start()
    assert listening.wait(5)
    yield
    stopping.set()
    thread.join()


def _answer_pings(listening, stopping):
    with app.connection_for_read() as connection, connection.channel() as channel:
        node = app.control.mailbox.Node("worker@loopback", channel=channel)
        node.handlers["ping"] = lambda _state: {"ok": "pong"}
        node.listen(callback=node.handle_message)
        listening.set()
        while not stopping.is_set():
            with suppress(TimeoutError):
                connection.drain_events(timeout=0.1)
