import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse


@pytest.fixture
def clock(now):
    """Time stands still at the tests' now."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def said():
    """What the person was told in answer."""
    return lambda response: [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def page_of():
    return lambda one: reverse("admin:applications_application_change", args=(one.pk,))
