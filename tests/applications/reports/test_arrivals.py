import tracemalloc
from tempfile import TemporaryFile

import pytest

from applications.models import Application
from applications.reports.arrivals import write_csv
from tests.factories import make_application


@pytest.fixture
def many(now):
    """Make so many applications at once."""

    def make(number):
        pattern = make_application(submitted_at=now)
        values = {"job": pattern.job, "consent": pattern.consent, "submitted_at": now}
        Application.objects.bulk_create(
            Application(
                **values, submission_key=f"00000000-0000-4000-8000-{each:012}", reference=str(each)
            )
            for each in range(1, number)
        )

    return make


def test_a_long_list_takes_two_queries_and_little_memory(db, many, now, django_assert_num_queries):
    many(20_000)
    tracemalloc.start()
    with TemporaryFile() as file, django_assert_num_queries(2):
        assert write_csv(file, since=None, until=now) == 20_000
        assert file.tell() > 3_000_000
    _current, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6_000_000
