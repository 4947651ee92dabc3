from datetime import timedelta

import pytest

from applications.models import Job
from tests.factories import make_job

pytestmark = pytest.mark.django_db


def titles(text):
    return {job.title for job in Job.objects.mentioning(text)}


def test_every_word_must_stand_somewhere():
    make_job(title="Cook", department="Kitchen", place="Zürich", summary="You cook.")
    make_job(title="Waiter", department="Kitchen", place="Bern", summary="You serve.")
    assert titles("kitchen zurich") == {"Cook"}
    assert titles("KITCHEN") == {"Cook", "Waiter"}
    assert titles("kitchen lisbon") == set()
    assert titles(" ") == {"Cook", "Waiter"}


def test_its_kinds_can_be_searched_too():
    make_job(title="Cook", workplace=Job.Workplace.REMOTE, employment=Job.Employment.PART_TIME)
    assert titles("part time remote") == {"Cook"}


@pytest.mark.parametrize("text", ["%", "\\", "'", '"', "%%%", "a" * 100, "\\' OR 1=1"])
def test_signs_of_the_databases_own_find_nothing_that_has_them_not(text):
    make_job(title="Cook")
    assert titles(text) == set()


def test_those_that_have_the_words_in_their_title_come_first(now):
    hour = timedelta(hours=1)
    make_job(title="Editor", description="Work with engineers.", opens_at=now)
    make_job(title="Engineer", opens_at=now - hour)
    found = Job.objects.mentioning("engineer")
    assert [job.title for job in found] == ["Engineer", "Editor"]
    assert [job.title for job in Job.objects.mentioning("")] == ["Editor", "Engineer"]


def test_what_is_changed_is_found_by_its_new_words():
    job = make_job(title="Cook")
    job.title = "Chef"
    job.save()
    Job.objects.bulk_create([Job(slug="other", title="Other chef")])
    assert titles("cook") == set()
    assert titles("chef") == {"Chef", "Other chef"}


def test_a_position_changes_when_it_opens_and_when_it_is_edited(time_machine, now):
    day = timedelta(days=1)
    time_machine.move_to(now, tick=False)
    job = make_job(opens_at=now + day)
    assert job.changed_at == now + day
    time_machine.move_to(now + 2 * day, tick=False)
    job.save()
    assert job.changed_at == now + 2 * day
