import pytest
from django.urls import reverse


@pytest.fixture
def page_of():
    return lambda one: reverse("admin:applications_application_change", args=(one.pk,))
