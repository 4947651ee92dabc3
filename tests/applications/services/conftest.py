import pytest

from applications.pipeline import apply_now
from tests.factories import make_application
from tests.pipelines.factories import Journey


@pytest.fixture
def application(db, now):
    return make_application(reference="7K3M-9QXA", submitted_at=now)


@pytest.fixture
def journey(application, now):
    """The application's way through Apply Now."""
    return Journey(apply_now, application, now=now)
