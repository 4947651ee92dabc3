from datetime import timedelta

from applications.models import Erasure
from tests.clock import started_at
from tests.factories import make_job


def test_an_address_that_takes_no_receipt_is_forgotten_in_the_night(db, now):
    asked = Erasure.objects.create(
        page="0" * 64,
        job=make_job(),
        email="nobody@example.org",
        requested_at=now - timedelta(days=30),
        erased_at=now - timedelta(days=30),
    )
    with started_at(now, beats=1) as clock:
        clock.move_to(now.replace(hour=3, minute=23) + timedelta(days=1))
    asked.refresh_from_db()
    assert (asked.email, asked.finished_at is None) == ("", False)
