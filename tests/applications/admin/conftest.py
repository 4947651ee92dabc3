"""People who work in the back office, and applications in every state for them to look at."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.groups import hr_group
from applications.pipeline import apply_now
from pipelines import ledger
from pipelines.models import Run
from tests.factories import make_application


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("admin")


@pytest.fixture
def hr_person(db):
    person = User.objects.create_user("hr", is_staff=True)
    person.groups.add(hr_group())
    return person


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def hr_client(client, hr_person):
    client.force_login(hr_person)
    return client


@pytest.fixture
def apply(db, now):
    """Accept an application; its run has this status, and these statuses for its steps."""

    def make(status=Run.Status.ACTIVE, steps=None, **values):
        application = make_application(**{"submitted_at": now, **values})
        run = ledger.open_run(apply_now, application, now=now)
        Run.objects.filter(pk=run.pk).update(status=status)
        for name, fields in (steps or {}).items():
            run.steps.filter(name=name).update(**fields)
        return application

    return make


@pytest.fixture
def queries_of(db):
    """How many queries a call makes."""

    def count(call):
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count
