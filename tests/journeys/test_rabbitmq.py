"""The same journey with RabbitMQ as the broker: nothing of the story knows which one carries it."""

import json
import signal

import pytest

from django_celery.local import staff
from django_celery.local.applicant import Browser
from django_celery.local.http import fetch, request
from django_celery.local.sample import sample_applicant
from django_celery.local.stack import Broker, Engine, Stack
from tests.django_celery.local.waiting import wait_for
from tests.journeys.conftest import SETTINGS
from tests.journeys.monitor import ask_flower

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


def test_an_application_goes_all_the_way(rabbit):
    page = apply(rabbit)
    wait_for(lambda: progress(page)["status"] == "done", limit=60)
    assert [step["attempts"] for step in progress(page)["steps"]] == [1, 1, 1, 1]
    assert len(rabbit.inbox.messages()) == 2


def test_flower_sees_every_step(rabbit):
    tasks = ask_flower(rabbit, "tasks")
    steps = {task["name"]: task for task in tasks.values() if task["name"].startswith("apply_now")}
    assert {task["state"] for task in steps.values()} == {"SUCCESS"}
    assert len(steps) == 4


def test_a_broker_that_was_killed_under_an_application_costs_nothing(rabbit):
    rabbit["rabbitmq"].kill(signal.SIGKILL)
    page = apply(rabbit)
    wait_for(lambda: progress(page)["status"] == "done", limit=120)
    assert len(rabbit.inbox.messages()) == 4


def succeeded(stack, name: str) -> bool:
    """Whether Flower has seen a task of this name come to its good end."""
    tasks = ask_flower(stack, "tasks").values()
    return any((task["name"], task["state"]) == (name, "SUCCESS") for task in tasks)


def test_beat_rings_through_it_and_what_is_due_is_done(rabbit):
    for name in ("schedules.ring", "planned.begin_due"):
        wait_for(lambda name=name: succeeded(rabbit, name), limit=130)


def test_what_cron_calls_is_carried_by_it_too(rabbit):
    assert rabbit.manage("run_scheduled", "refresh_public", "--now").startswith("refresh_public: ")
    wait_for(lambda: succeeded(rabbit, "refresh_public.make_feed_and_counters"), limit=60)
