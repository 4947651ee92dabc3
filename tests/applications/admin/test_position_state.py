from datetime import timedelta

import pytest

from applications.admin.position_state import State, in_state, state_of
from applications.models import Job
from tests.factories import make_job

HOUR = timedelta(hours=1)


@pytest.fixture
def jobs(db, now):
    """One job in each state, by its state."""
    return {
        State.OPEN: make_job(opens_at=now, closes_at=now + HOUR),
        State.UPCOMING: make_job(opens_at=now + HOUR),
        State.CLOSED: make_job(opens_at=now - HOUR, closes_at=now),
        State.UNPUBLISHED: make_job(opens_at=now - HOUR, is_published=False),
    }


@pytest.mark.parametrize("state", State)
def test_each_job_is_in_one_state_only(jobs, now, state):
    assert state_of(jobs[state], now) is state
    assert list(in_state(Job.objects.all(), state, now)) == [jobs[state]]


def test_an_unpublished_job_is_unpublished_whatever_its_dates(db, now):
    job = make_job(is_published=False, opens_at=now - 2 * HOUR, closes_at=now - HOUR)
    assert state_of(job, now) is State.UNPUBLISHED
