"""What every test may ask for."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import settings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

# Hypothesis would call an example slow, and the test failed, on a machine that others use too.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def now():
    """A Monday morning."""
    return NOW


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite in a file, as in real life: in memory, two threads would share one connection."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
