"""Flower is told how a task ended that it shows as unfinished, failed or revoked, and errs."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from celery.events.state import State

from pipelines import ledger
from pipelines.flower import Flower, FlowerAway, correct, correcting
from tests.factories import make_job

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

# The last that Flower heard of a task that it shows so.
SHOWN = {
    "PENDING": "task-sent",
    "RECEIVED": "task-received",
    "STARTED": "task-started",
    "FAILURE": "task-failed",
    "REVOKED": "task-revoked",
}
UNFINISHED = ("PENDING", "RECEIVED", "STARTED")


class FakeFlower:
    """Hears events as Flower does, and shows the tasks that it was given, and what it was told."""

    def __init__(self, shown):
        self.heard = State()
        for task_id, state in shown.items():
            self.hear(SHOWN[state], task_id)

    def hear(self, kind, task_id):
        self.heard.event(
            {
                "type": kind,
                "uuid": task_id,
                "hostname": "w",
                "timestamp": 1,
                "local_received": 1,
                "clock": 1,
            }
        )

    def shows(self, states, *, at_most):
        return {key: task.state for key, task in self.heard.tasks.items() if task.state in states}


@pytest.fixture
def corrected(monkeypatch, now):
    """Ask a Flower that shows these tasks; how it shows those that it was told of."""

    def ask(shown, *, after=MINUTE):
        flower = FakeFlower(shown)
        told = []

        def tell(events):
            for event in (events := list(events)):
                flower.hear(event.kind, event.fields["uuid"])
                told.append(event.fields["uuid"])
            return len(events)

        monkeypatch.setattr(correcting, "tell", tell)
        assert correct(flower, now=now + after) == len(told)
        assert correct(flower, now=now + after) == 0
        return {task_id: flower.heard.tasks[task_id].state for task_id in told}

    return ask


def claim(run, step, attempt, now):
    return ledger.claim(run.pk, step, attempt, worker="w1", now=now)


def end(run, how, now):
    """End the first attempt of the first step so; what Flower should show."""
    held = claim(run, "pack", 1, now)
    match how:
        case "SUCCESS":
            ledger.succeed(held, now=now)
        case "FAILURE":
            ledger.fail(held, "no such thing", now=now)
        case "RETRY":
            ledger.retry(held, "busy", due_at=now + MINUTE, now=now)


@pytest.mark.parametrize("how", ["SUCCESS", "FAILURE", "RETRY"])
@pytest.mark.parametrize("shown", SHOWN)
def test_what_ended_is_shown_as_it_ended(run, now, corrected, shown, how):
    end(run, how, now)
    task_id = f"{run.pk}.pack.1"
    assert corrected({task_id: shown}) == ({task_id: how} if shown != how else {})


@pytest.mark.parametrize("shown", UNFINISHED)
def test_the_sweep_died_after_it_had_counted_a_crash(run, now, corrected, shown):
    claim(run, "pack", 1, now)
    ledger.crashed(now=now + ledger.LEASE)
    task_id = f"{run.pk}.pack.1"
    assert corrected({task_id: shown}) == {task_id: "RETRY"}


def test_what_ended_a_moment_ago_is_left_to_its_worker(run, now, corrected):
    end(run, "SUCCESS", now)
    task_id = f"{run.pk}.pack.1"
    assert corrected({task_id: "STARTED"}, after=9 * SECOND) == {}
    assert corrected({task_id: "STARTED"}, after=10 * SECOND) == {task_id: "SUCCESS"}


def test_what_goes_on_is_left_alone(run, parcel, now, corrected):
    waiting = ledger.open_run(parcel, make_job(), now=now)
    claim(run, "pack", 1, now)
    for shown in SHOWN:
        assert corrected({f"{run.pk}.pack.1": shown, f"{waiting.pk}.pack.1": shown}) == {}


@pytest.mark.parametrize("shown", UNFINISHED)
def test_what_was_cancelled_is_revoked(run, subject, now, corrected, shown):
    ledger.cancel(subject, now=now)
    task_id = f"{run.pk}.pack.1"
    assert corrected({task_id: shown}) == {task_id: "REVOKED"}


@pytest.mark.parametrize("shown", UNFINISHED)
def test_what_was_erased_is_revoked(run, corrected, shown):
    task_id = f"{run.pk}.pack.1"
    run.delete()
    assert corrected({task_id: shown}) == {task_id: "REVOKED"}


@pytest.mark.parametrize("shown", ["FAILURE", "REVOKED"])
def test_what_ended_in_a_run_that_was_erased_stays_so(run, corrected, shown):
    task_id = f"{run.pk}.pack.1"
    run.delete()
    assert corrected({task_id: shown}) == {}


def test_a_revoked_message_stays_one(run, now, corrected):
    ledger.discarded(run.pk, "pack", 1, now=now)
    assert corrected({f"{run.pk}.pack.1": "REVOKED"}) == {}


def test_tasks_that_are_no_steps_are_left_alone(db, corrected):
    assert corrected({"3f2c1a": "STARTED", "a.b.c": "STARTED"}) == {}


def test_it_costs_the_database_as_much_for_many_as_for_one(
    run, parcel, now, django_assert_num_queries
):
    others = [ledger.open_run(parcel, make_job(), now=now) for _ in range(20)]
    flower = FakeFlower({f"{each.pk}.pack.1": "STARTED" for each in (run, *others)})
    with django_assert_num_queries(3):
        assert correct(flower, now=now) == 0


# --- Asking -----------------------------------------------------------------------------------


class FlowersApi(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        query = parse_qs(asked.query)
        well = self.headers["Authorization"] == "Basic YTpi" and asked.path == "/api/tasks"
        self.send_response(200 if well else 401)
        self.end_headers()
        if query.get("state") == ["FAILURE"]:
            self.wfile.write(b"null")
        elif query.get("state") == ["STARTED"]:
            tasks = [f"{number}" for number in range(5)][: int(query["limit"][0])]
            self.wfile.write(json.dumps(dict.fromkeys(tasks)).encode())
        else:
            self.wfile.write(b"{}")

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def url():
    with HTTPServer(("127.0.0.1", 0), FlowersApi) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_it_is_asked_for_so_many_tasks_in_each_state(url):
    shown = Flower(url, "a:b").shows(("PENDING", "STARTED"), at_most=2)
    assert shown == {"0": "STARTED", "1": "STARTED"}


def test_a_proxy_of_the_environment_is_not_asked(url, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert Flower(url, "a:b").shows(("STARTED",), at_most=1) == {"0": "STARTED"}


@pytest.mark.parametrize(("login", "error"), [("a:wrong", "HTTP 401"), ("", "HTTP 401")])
def test_a_flower_that_refuses_is_away(url, login, error):
    with pytest.raises(FlowerAway, match=error):
        Flower(url, login).shows(("STARTED",), at_most=1)


def test_an_answer_that_is_not_flowers_is_none(url):
    with pytest.raises(FlowerAway, match="no tasks"):
        Flower(url, "a:b").shows(("FAILURE",), at_most=1)


def test_a_flower_that_is_down_is_away():
    with pytest.raises(FlowerAway, match="URLError"):
        Flower("http://127.0.0.1:1", "a:b").shows(("STARTED",), at_most=1)
