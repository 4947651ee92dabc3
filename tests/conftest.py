"""What every test may ask for."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def now():
    """A Monday morning."""
    return NOW
