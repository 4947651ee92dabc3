import pytest
from celery import Celery
from kombu import Connection, Queue

from pipelines import broker


@pytest.fixture
def app(monkeypatch):
    app = Celery(broker="memory://", set_as_current=False)
    app.conf.task_queues = [Queue("full"), Queue("empty"), Queue("new")]
    monkeypatch.setattr(broker, "current_app", app)
    with app.connection_for_write() as connection:
        for name in ("full", "empty"):
            queue = Queue(name, channel=connection.default_channel)
            queue.declare()
            queue.purge()  # what is in memory is the whole process's
        producer = connection.Producer()
        for _message in range(2):
            producer.publish("text", routing_key="full")
    return app


@pytest.fixture
def channels(monkeypatch):
    """Every channel that was opened."""
    opened = []

    def channel(connection):
        opened.append(connection.transport.create_channel(connection.connection))
        return opened[-1]

    monkeypatch.setattr(Connection, "channel", channel)
    return opened


def test_lengths_are_those_of_our_queues_and_none_of_one_that_is_not_there(app):
    assert broker.queue_lengths() == {"full": 2, "empty": 0, "new": 0}


def test_all_queues_are_asked_about_on_one_channel(app, channels):
    broker.queue_lengths()

    assert len(channels) == 1


def test_channel_that_the_broker_has_closed_is_followed_by_another(app, channels, monkeypatch):
    lengths = broker._length

    def closed_by(channel, name, refusals):
        channel.is_open = name != "empty"
        return lengths(channel, name, refusals)

    monkeypatch.setattr(broker, "_length", closed_by)

    assert broker.queue_lengths() == {"full": 2, "empty": 0, "new": 0}
    assert len(channels) == 2
