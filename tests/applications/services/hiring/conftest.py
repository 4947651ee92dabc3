import pytest
from django.contrib.auth.models import User


@pytest.fixture
def person(db):
    """Somebody of ours."""
    return User.objects.create_user("grace", first_name="Grace", last_name="Hopper")
