"""What Prometheus reads, and who may read it."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from applications.pipeline import apply_now
from django_celery import readings
from pipelines import broker as broker_module
from pipelines import ledger, measures
from pipelines.models import Run
from tests.factories import make_application, make_letter
from tests.pipelines.factories import Journey

ELSEWHERE = "203.0.113.9"


@pytest.fixture(autouse=True)
def nothing_is_kept():
    readings._done.cache_clear()
    readings._applications.cache_clear()


@pytest.fixture
def scrape(client, db, broker, now):
    """All samples ten seconds later: by their names and, in the labels' order, their labels."""

    def read():
        with time_machine.travel(now + timedelta(seconds=10), tick=False):
            response = client.get("/metrics")
        assert response.status_code == 200
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(response.content.decode())
            for sample in family.samples
        }

    return read


@pytest.fixture
def apply(db, now):
    return lambda: Journey(apply_now, make_application(), now=now)


def test_an_empty_house_has_nothing_waiting(scrape):
    assert scrape() == {
        ("pipelines_backlog_age_seconds",): 0,
        ("applications_letters_in_doubt",): 0,
        ("applications_total",): 0,
        ("celery_queue_length", "render"): 0,
        ("celery_queue_length", "render.again"): 0,
        ("celery_queue_length", "deliver"): 0,
        ("celery_queue_length", "deliver.again"): 0,
        ("celery_queue_length", "housekeeping"): 0,
        ("celery_queue_length", "housekeeping.again"): 0,
    }


def test_the_backlog_is_as_old_as_its_oldest_message(scrape, apply):
    apply()
    apply().start("render_dossier", 4)
    assert scrape()["pipelines_backlog_age_seconds",] == 10


def test_the_backlog_ages_while_the_broker_is_away(scrape, apply, now):
    journey = apply()
    # It is tried once more, in vain.
    for seconds in (1, 6):
        journey.ring("render_dossier", seconds)
        ledger.unsent(journey.run.pk, now=journey.at(seconds))
    assert scrape()["pipelines_backlog_age_seconds",] == 10


def test_a_step_ages_from_its_next_try_on(scrape, apply):
    journey = apply()
    journey.retry("render_dossier", 1, 2, 7, "The object store is away.")
    assert scrape()["pipelines_backlog_age_seconds",] == 3
    journey.ring("render_dossier", 8)
    assert scrape()["pipelines_backlog_age_seconds",] == 2


def test_the_oldest_waiting_step_has_waited_since_its_turn_came(scrape, apply):
    journey = apply()
    journey.succeed("render_dossier", 1, 2)
    journey.retry("store_dossier", 3, 4, 60, "The object store is away.")
    found = scrape()
    waiting = "pipelines_oldest_waiting_step_seconds"
    assert found[waiting, "apply_now", "store_dossier"] == 8
    assert (waiting, "apply_now", "email_hr") not in found


def test_a_step_that_is_being_worked_on_does_not_wait(scrape, apply):
    apply().start("render_dossier", 4)
    assert not [name for name in scrape() if name[0].startswith("pipelines_oldest")]


def test_runs_are_counted_by_status(scrape, apply, now):
    apply()
    apply().fail("render_dossier", 1, 2, "ValueError")
    Run.objects.filter(pk=apply().run.pk).update(status=Run.Status.DONE)
    ledger.cancel(apply().subject, now=now)
    found = scrape()
    assert [found["pipelines_runs", "apply_now", status] for status in Run.Status] == [1] * 4
    assert found["applications_total",] == 4


def test_steps_are_counted_by_name_and_status_and_failures_by_step(scrape, apply):
    apply().fail("render_dossier", 1, 2, "ValueError")
    apply()
    found = scrape()
    assert found["pipelines_steps", "apply_now", "failure", "render_dossier"] == 1
    assert found["pipelines_steps", "apply_now", "sent", "render_dossier"] == 1
    assert found["pipelines_steps", "apply_now", "pending", "email_hr"] == 2
    assert found["pipelines_failed_steps", "apply_now", "render_dossier"] == 1


def test_letters_in_doubt_are_counted(scrape, now):
    for sent_at in (None, now):
        make_letter(make_application(), intent_at=now, sent_at=sent_at)
    assert scrape()["applications_letters_in_doubt",] == 1


def test_the_number_of_queries_does_not_grow_and_what_is_done_is_not_counted_each_time(
    scrape, apply
):
    scrape()
    for _number in range(5):
        apply()
    with CaptureQueriesContext(connection) as queries:
        scrape()
    assert len(queries) == 3


# --- the broker -------------------------------------------------------------------------------


def test_without_a_broker_the_queues_are_absent_and_the_rest_is_there(scrape, monkeypatch, caplog):
    def away():
        raise broker_module.BrokerAway("OperationalError")

    monkeypatch.setattr(broker_module, "queue_lengths", away)
    found = scrape()
    assert not [name for name in found if name[0] == "celery_queue_length"]
    assert found["pipelines_backlog_age_seconds",] == 0


def test_a_broker_that_hangs_is_not_waited_for(scrape, monkeypatch, hanging_port):
    monkeypatch.setattr(readings, "BROKER_LIMIT", 0.2)
    monkeypatch.setitem(
        readings.broker.current_app.conf, "broker_url", f"redis://127.0.0.1:{hanging_port}/0"
    )
    assert ("pipelines_backlog_age_seconds",) in scrape()


# --- who may read -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_may_read(client, db, broker, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": ELSEWHERE},
        {"REMOTE_ADDR": ""},
        {"headers": {"X-Forwarded-For": ELSEWHERE}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": f"for={ELSEWHERE}"}},
        {"headers": {"X-Forwarded-Proto": "https"}},
        {"REMOTE_ADDR": ELSEWHERE, "headers": {"Authorization": "Bearer "}},
    ],
)
def test_nobody_else_may_without_a_token(client, db, asked):
    response = client.get("/metrics", **asked)
    assert (response.status_code, response.content) == (401, b"")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_the_token_opens_it_from_anywhere_and_no_other_does(client, db, broker, settings):
    settings.METRICS_TOKEN = "open-sesame"
    statuses = [
        client.get(
            "/metrics", REMOTE_ADDR=ELSEWHERE, headers={"Authorization": authorization}
        ).status_code
        for authorization in ("Bearer open-sesame", "bearer open-sesame", "Bearer x", "open-sesame")
    ]
    assert statuses == [200, 200, 401, 401]


def test_it_is_read_only_and_never_cached(client, db, broker):
    assert client.post("/metrics").status_code == 405
    response = client.get("/metrics")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_without_a_database_it_is_503_and_tells_no_more(client, db, monkeypatch, caplog):
    def away(**_):
        raise OperationalError("connection to 10.0.0.1 failed")

    monkeypatch.setattr(measures, "unfinished_steps", away)
    with caplog.at_level(logging.WARNING):
        response = client.get("/metrics")
    assert (response.status_code, response.content) == (503, b"")
    assert "10.0.0.1" not in caplog.text
