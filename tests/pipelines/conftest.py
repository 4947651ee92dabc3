"""A small story to tell: pack, then ship and bill side by side, then close."""

from datetime import timedelta

import pytest
import time_machine

from applications.models import Job
from pipelines import canvas, ledger, registry
from pipelines.definition import Pipeline, Retry, StepError, step, together
from tests.factories import make_job
from tests.pipelines.factories import FakeSend, Journey


class Busy(StepError):
    """The one error that the story's steps wait for."""


class Story:
    """Steps that note what they did, and fail as they are told."""

    def __init__(self):
        self.done = []
        self.errors = {}

    def play(self, name, subject):
        if self.errors.get(name):
            raise self.errors[name].pop(0)
        self.done.append((name, subject.pk))


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def parcel(story, monkeypatch):
    """The pipeline ``parcel``, the only one that is registered."""

    def make(name, queue="deliver", **options):
        def play(subject):
            story.play(name, subject)

        play.__name__ = name
        return step(queue=queue, timeout=30, **options)(play)

    pipeline = Pipeline(
        name="parcel",
        subject=Job,
        story=(
            make("pack", queue="render"),
            together(make("ship", retry=Retry(on=(Busy,), waits=(1, 10))), make("bill")),
            make("close"),
        ),
    )
    monkeypatch.setattr(registry, "_pipelines", [pipeline])
    return pipeline


@pytest.fixture
def subject(db):
    return make_job()


@pytest.fixture
def run(parcel, subject, now):
    return ledger.open_run(parcel, subject, now=now)


@pytest.fixture
def journey(parcel, subject, now):
    return Journey(parcel, subject, now=now)


@pytest.fixture
def send(monkeypatch):
    """In the place of ``canvas.send``: no message reaches a broker."""
    fake = FakeSend()
    monkeypatch.setattr(canvas, "send", fake)
    return fake


@pytest.fixture
def a_minute_later(now):
    """The clock stands a minute after ``now``."""
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        yield
