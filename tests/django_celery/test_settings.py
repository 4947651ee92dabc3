"""Settings as other environments make them."""

import logging
import runpy

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pipelines import registry
from tests.variables import ROOT


@pytest.fixture
def settings_with(monkeypatch):
    """The settings as a process reads them whose environment says otherwise than this one's."""

    def read(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "django_celery" / "settings.py"))

    return read


def test_without_a_secret_key_nothing_starts(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^Set SECRET_KEY in the environment"):
        settings_with(SECRET_KEY="")


@pytest.mark.parametrize(
    ("site_url", "secure", "hsts"),
    [("https://jobs.example.com", True, 30 * 86400), ("http://127.0.0.1:8000", False, 0)],
)
def test_https_brings_secure_cookies_and_hsts(settings_with, site_url, secure, hsts):
    read = settings_with(SITE_URL=site_url)

    assert read["SESSION_COOKIE_SECURE"] is secure
    assert read["CSRF_COOKIE_SECURE"] is secure
    assert read["SECURE_HSTS_SECONDS"] == hsts


def test_links_have_one_slash_however_the_site_s_address_ends(settings_with):
    assert settings_with(SITE_URL="http://x.example/")["SITE_URL"] == "http://x.example"


@pytest.mark.parametrize(("given", "receipts"), [("", 10), ("0", 0)])
def test_without_a_limit_for_an_address_it_gets_all_its_receipts(settings_with, given, receipts):
    read = settings_with(APPLY_RATE_PER_EMAIL=given, APPLY_RECEIPTS_PER_EMAIL="")

    assert read["APPLY_RECEIPTS_PER_EMAIL"] == receipts


def test_broker_is_redis_with_its_options(settings_with):
    read = settings_with(CELERY_BROKER_URL="")

    assert read["CELERY_BROKER_URL"] == read["REDIS_URL"]
    assert read["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] == 3600


def test_broker_may_be_rabbitmq_which_knows_none_of_redis_s_options(settings_with):
    read = settings_with(CELERY_BROKER_URL="amqp://mq.example")

    assert read["CELERY_BROKER_URL"] == "amqp://mq.example"
    options = read["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert "visibility_timeout" not in options
    for kind in ("connect", "read", "write"):
        assert options[f"{kind}_timeout"] <= 2


def test_broker_cache_and_results_have_a_redis_database_each(settings_with):
    read = settings_with(REDIS_URL="redis://127.0.0.1:1/4")

    assert read["CELERY_BROKER_URL"] == "redis://127.0.0.1:1/4"
    assert read["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1:1/5"
    assert read["CELERY_RESULT_BACKEND"] == "redis://127.0.0.1:1/6"


def test_sqlite_writers_queue_and_every_commit_is_on_the_disk(settings_with):
    options = settings_with(DATABASE_URL="sqlite:///x.sqlite3")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_holds_nobody_for_long(settings_with):
    database = settings_with(DATABASE_URL="postgres://u:p@db.example/x")["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["connect_timeout"] == 5
    for kind in ("lock", "statement", "idle_in_transaction_session"):
        assert f"{kind}_timeout=" in database["OPTIONS"]["options"]
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"


def test_flower_is_told_of_sent_and_started():
    assert settings.CELERY_TASK_SEND_SENT_EVENT
    assert settings.CELERY_WORKER_SEND_TASK_EVENTS
    assert settings.CELERY_TASK_TRACK_STARTED


def test_messages_are_json_and_nothing_else():
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == settings.CELERY_RESULT_SERIALIZER == "json"


def test_every_step_s_queue_is_declared():
    declared = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    steps = [step for pipeline in registry.all_pipelines() for step in pipeline.steps]

    assert {step.queue for step in steps} <= declared


def test_admins_are_told_of_failed_runs_and_never_sent_a_request(settings_with):
    read = settings_with(ADMINS="ops@example.com, b@example.com")

    assert read["ADMINS"] == [("", "ops@example.com"), ("", "b@example.com")]
    assert [type(handler) for handler in logging.getLogger("django").handlers] == []
