"""The same journey with RabbitMQ as the broker: nothing of the story knows which one carries it."""

import hashlib
import json
import signal
import time
from contextlib import contextmanager, suppress

import pytest
from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError

from django_celery.broker import transport_options
from django_celery.local import rabbitmq, staff
from django_celery.local.applicant import Browser
from django_celery.local.delivery import Before
from django_celery.local.http import fetch, request
from django_celery.local.inbox.faults import Faults
from django_celery.local.inbox.message import attachment, parse
from django_celery.local.process import wait_until_ready
from django_celery.local.sample import sample_applicant
from django_celery.local.stack import Broker, Engine, Stack
from tests.django_celery.local.waiting import wait_for
from tests.journeys.conftest import SETTINGS
from tests.journeys.monitor import ask_flower, tasks_of
from tests.journeys.test_apply_now import DONE

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rabbit")
    with Stack(
        folder, settings=SETTINGS, engine=Engine.POSTGRESQL, broker=Broker.RABBITMQ
    ) as stack:
        staff.seed(stack)
        yield stack


def apply(stack) -> str:
    """The address of the page of a new application."""
    return Browser(stack.site_url).apply("backend-engineer", sample_applicant())


def progress(page: str):
    return json.loads(fetch(request(f"{page.rstrip('/')}.json")))


def taken_at_once(stack) -> dict[str, int]:
    """How many messages each worker takes at a time; only of those that answer."""
    answers = {}
    url = rabbitmq.url(stack.ports["rabbitmq"])
    with Celery(broker=url, set_as_current=False) as app, suppress(OperationalError, OSError):
        answers = app.control.inspect(timeout=2).stats() or {}
    return {name.partition("@")[0]: stats["prefetch_count"] for name, stats in answers.items()}


@contextmanager
def halted(process):
    """It stands still inside the block: alive, and answering nothing."""
    process.kill_group(signal.SIGSTOP)
    try:
        yield
    finally:
        process.kill_group(signal.SIGCONT)


def enclosures(message) -> set[str]:
    """The SHA-256 of what is enclosed."""
    numbers = range(len(list(message.iter_attachments())))
    return {hashlib.sha256(attachment(message, number)[1]).hexdigest() for number in numbers}


def test_an_application_goes_all_the_way(rabbit):
    before = Before.now(rabbit.bucket, rabbit.inbox)
    page = apply(rabbit)
    wait_for(lambda: progress(page)["status"] == "done", limit=60)
    assert [step["attempts"] for step in progress(page)["steps"]] == [1, 1, 1, 1]
    assert DONE in fetch(request(page)).decode()
    stored = {one.key.rpartition("/")[2]: one for one in before.new_objects(rabbit.bucket)}
    assert set(stored) == {"dossier.pdf", "resume.pdf", "photo.jpg"}
    assert all(one.is_intact for one in stored.values())
    letters = {
        one["to"][0]: enclosures(parse(rabbit.inbox.source(one["id"])))
        for one in rabbit.inbox.messages()
    }
    assert letters == {
        "hr@example.com": {stored["dossier.pdf"].sha256, stored["resume.pdf"].sha256},
        sample_applicant().email: {stored["dossier.pdf"].sha256},
    }
    assert len(rabbit.inbox.messages()) == 2


def test_flower_sees_every_step(rabbit):
    tasks = tasks_of(rabbit, "apply_now").values()
    assert {task["state"] for task in tasks} == {"SUCCESS"}
    assert len({task["name"] for task in tasks}) == 4


def test_a_broker_that_was_killed_under_an_application_costs_nothing(rabbit):
    rabbit["rabbitmq"].kill(signal.SIGKILL)
    page = apply(rabbit)
    wait_for(lambda: progress(page)["status"] == "done", limit=120)
    assert len(rabbit.inbox.messages()) == 4


def test_workers_take_as_much_at_once_after_their_broker_died_under_a_task(rabbit):
    # Whoever asks for more again is another thread than the one that reads the connection.
    usual = taken_at_once(rabbit)
    assert set(usual) == {"render", "deliver", "housekeeping"}
    rabbit.inbox.fail(Faults(delay_seconds=3))
    page = apply(rabbit)
    wait_for(lambda: progress(page)["steps"][-1]["status"] == "started", limit=60)
    rabbit["rabbitmq"].kill(signal.SIGKILL)
    wait_for(lambda: set(taken_at_once(rabbit)) == set(usual), limit=60)
    assert taken_at_once(rabbit) == usual
    rabbit.inbox.fail(Faults())
    wait_for(lambda: progress(page)["status"] == "done", limit=120)


def test_a_broker_that_stands_still_keeps_no_applicant_waiting(rabbit):
    before = Before.now(rabbit.bucket, rabbit.inbox)
    # Who has its connection already does not notice: what it publishes is on the line.
    rabbit["web"].stop()
    rabbit["web"].start()
    wait_until_ready(rabbit["web"])
    with halted(rabbit["rabbitmq"]):
        since = time.monotonic()
        page = apply(rabbit)
        # Three seconds on an idle machine; without a limit it would be for ever.
        assert time.monotonic() - since < 10
        assert progress(page)["steps"][0]["status"] == "pending"
    wait_for(lambda: progress(page)["status"] == "done", limit=120)
    letters = [one["to"] for one in before.new_letters(rabbit.inbox)]
    assert sorted(letters) == sorted([["hr@example.com"], [sample_applicant().email]])


@pytest.mark.timeout(30, func_only=True)
def test_a_broker_that_falls_silent_in_the_middle_is_given_up(rabbit):
    url = rabbitmq.url(rabbit.ports["rabbitmq"])
    with Connection(url, transport_options=transport_options(url)) as connection:
        channel = connection.channel()
        with halted(rabbit["rabbitmq"]):
            since = time.monotonic()
            with pytest.raises(TimeoutError):
                channel.queue_declare("render", passive=True)
            connection.release()
            # Three seconds on an idle machine; without a limit it would be for ever.
            assert time.monotonic() - since < 10


def succeeded(stack, name: str, *, since: float = 0) -> bool:
    """Whether Flower has seen a task of this name that came to its good end after that time."""
    return any(
        (task["name"], task["state"]) == (name, "SUCCESS") and task["timestamp"] > since
        for task in ask_flower(stack, "tasks").values()
    )


def test_beat_rings_through_it_and_what_is_due_is_done(rabbit):
    for name in ("schedules.ring", "planned.begin_due"):
        wait_for(lambda name=name: succeeded(rabbit, name), limit=130)


def test_beat_rings_again_after_its_broker_was_killed(rabbit):
    # Beat connects with its first ring, and only a connection that is there can break.
    wait_for(lambda: succeeded(rabbit, "schedules.ring"), limit=130)
    rabbit["rabbitmq"].kill(signal.SIGKILL)
    killed = time.time()
    wait_for(lambda: succeeded(rabbit, "schedules.ring", since=killed), limit=130)


def test_what_cron_calls_is_carried_by_it_too(rabbit):
    called = time.time()
    # While an occasion of Beat's is at work, there is nothing to begin.
    wait_for(lambda: "begun" in rabbit.manage("run_scheduled", "refresh_public", "--now"), limit=60)
    # What the broker's death has cost Flower, it is told again within the next minute.
    step = "refresh_public.make_feed_and_counters"
    wait_for(lambda: succeeded(rabbit, step, since=called), limit=130)
