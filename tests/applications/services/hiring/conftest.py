import pytest
from django.contrib.auth.models import User

from tests.factories import make_application


@pytest.fixture
def person(db):
    """Somebody of ours."""
    return User.objects.create_user("grace", first_name="Grace", last_name="Hopper")


@pytest.fixture
def application(db, now):
    return make_application(reference="7K3M-9QXA", submitted_at=now)
