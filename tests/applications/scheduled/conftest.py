"""What the jobs have their effects on."""

import pytest
from django_celery_beat.models import PeriodicTask


@pytest.fixture(autouse=True)
def _store(s3):
    """What else is due in a test must find no store of anybody's."""


@pytest.fixture
def only(db):
    """Switches off, as people do, all schedules but one: the others would mail and store too."""
    return lambda name: PeriodicTask.objects.exclude(name=name).update(enabled=False)
