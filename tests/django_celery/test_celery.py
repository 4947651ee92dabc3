import os
import subprocess
import sys

import pytest
from kombu.exceptions import OperationalError

from django_celery.celery import app


def test_tasks_have_their_names_on_the_wire():
    assert {name for name in app.tasks if name.startswith("apply_now.")} == {
        "apply_now.scan_files",
        "apply_now.render_dossier",
        "apply_now.store_dossier",
        "apply_now.email_hr",
        "apply_now.email_applicant",
    }


def test_who_waits_for_the_broker_knocks_every_two_seconds(monkeypatch):
    waits = []
    monkeypatch.setattr("kombu.utils.functional.sleep", lambda _seconds: None)
    with (
        app.connection_for_read("redis://127.0.0.1:1") as connection,
        pytest.raises(OperationalError),
    ):
        connection.ensure_connection(lambda _error, wait: waits.append(wait), 30)
    assert set(waits) == {2.0}
    assert len(waits) == 30


def test_flower_takes_an_empty_value_as_unset():
    """Flower itself reads FLOWER_PORT as a number before it reads our file."""
    looks = "import os, django_celery.celery; print('FLOWER_PORT' in os.environ)"
    environment = {**os.environ, "FLOWER_PORT": ""}
    found = subprocess.run(
        [sys.executable, "-c", looks], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["False"]
