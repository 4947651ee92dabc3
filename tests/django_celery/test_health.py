import time
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.pipeline import apply_now
from django_celery import health
from pipelines import ledger
from tests.django_celery.local.waiting import wait_for
from tests.factories import make_application

PARTS = ("database", "broker", "storage", "mail", "worker")


@pytest.fixture
def whole_system(db, broker, worker, object_store, mail_server):
    """Everything that the site needs, up and well."""


def unavailable(response):
    states = response.json()
    return {part for part in PARTS if states[part] != "ok"}


def wait_until_unavailable(client, parts):
    """A machine under load may need more than one question to get every part's answer in time."""
    wait_for(lambda: unavailable(client.get("/readyz")) == parts)


def seconds_of_one_question(client):
    began = time.monotonic()
    client.get("/readyz")
    return time.monotonic() - began


def test_healthz_answers_while_everything_else_is_down(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_200_when_every_part_answers(client, whole_system):
    wait_until_unavailable(client, set())

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {**dict.fromkeys(PARTS, "ok"), "backlog_seconds": 0}


def test_the_first_question_waits_until_a_process_has_made_its_clients(
    client, whole_system, monkeypatch
):
    def making_a_client():
        time.sleep(1.5 * health.LIMIT)

    monkeypatch.setitem(health._CHECKS, "storage", making_a_client)
    wait_until_unavailable(client, {"storage"})
    health._was_asked.clear()

    assert client.get("/readyz").json()["storage"] == "ok"


def test_readyz_is_503_and_names_the_parts_that_refuse(client, db):
    wait_until_unavailable(client, {"broker", "storage", "mail", "worker"})

    assert client.get("/readyz").status_code == 503


def test_readyz_tells_of_a_backlog_while_the_broker_is_away(client, transactional_db):
    application = make_application()
    run = ledger.open_run(apply_now, application, now=timezone.now() - timedelta(minutes=1))
    ledger.unsent(run.pk, now=timezone.now())

    wait_for(lambda: client.get("/readyz").json()["backlog_seconds"] is not None)

    assert 60 <= client.get("/readyz").json()["backlog_seconds"] < 90


def test_readyz_is_503_without_a_worker(client, db, broker, object_store, mail_server):
    wait_until_unavailable(client, {"worker"})

    assert client.get("/readyz").status_code == 503


def test_readyz_does_not_wait_for_a_mail_server_that_hangs(
    client, whole_system, hanging_port, settings
):
    settings.EMAIL_PORT = hanging_port

    wait_until_unavailable(client, {"mail"})

    assert seconds_of_one_question(client) < health.LIMIT + 1


def test_readyz_does_not_wait_for_a_store_that_hangs(client, whole_system, hanging_port, settings):
    settings.AWS_S3_ENDPOINT_URL = f"http://127.0.0.1:{hanging_port}"

    wait_until_unavailable(client, {"storage"})

    assert seconds_of_one_question(client) < health.LIMIT + 1


def test_readyz_does_not_wait_for_a_broker_that_hangs(
    client, whole_system, hanging_port, monkeypatch
):
    monkeypatch.setitem(health.app.conf, "broker_url", f"redis://127.0.0.1:{hanging_port}/0")

    wait_until_unavailable(client, {"broker", "worker"})

    assert seconds_of_one_question(client) < health.LIMIT + 1


def test_readyz_and_its_log_say_nothing_about_addresses_and_errors(client, db, caplog):
    response = client.get("/readyz")

    told = response.content.decode() + caplog.text
    assert "Not ready: mail (" in told
    assert [word for word in ("127.0.0.1", "connect to", "errno") if word in told.lower()] == []


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_read_only_and_never_cached(client, db, address):
    assert client.post(address).status_code == 405
    assert "no-store" in client.get(address).headers["Cache-Control"]
