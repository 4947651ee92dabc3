from datetime import timedelta

from django.urls import reverse

from applications.models import Application, Job
from tests.clock import started_at
from tests.factories import make_application, make_job

HALF_PAST = timedelta(minutes=30)
DAY = timedelta(days=1)


def listed():
    return set(Job.objects.filter(is_listed=True).values_list("slug", flat=True))


def test_positions_open_and_close_by_their_dates(db, now):
    make_job(slug="open", opens_at=now - DAY)
    make_job(slug="closes", opens_at=now - DAY, closes_at=now + timedelta(minutes=40))
    make_job(slug="opens", opens_at=now + timedelta(minutes=40))
    make_job(slug="draft", opens_at=now - DAY, is_published=False)
    with started_at(now, beats=2) as clock:
        clock.move_to(now + HALF_PAST)
        assert listed() == {"open", "closes"}
        clock.move_to(now + 2 * HALF_PAST)
        assert listed() == {"open", "opens"}


def test_applications_that_wait_are_marked_and_found_by_that(admin_client, now, settings):
    settings.WAITING_REMINDER_DAYS = 5
    late = make_application(submitted_at=now - 10 * DAY, reference="AAAA-AAAA")
    make_application(submitted_at=now - DAY, job=late.job)
    make_application(submitted_at=now - 10 * DAY, stage="rejected", job=late.job)
    with started_at(now, beats=2) as clock:
        clock.move_to(now + HALF_PAST)
        address = reverse("admin:applications_application_changelist")
        found = admin_client.get(address, {"is_waiting__exact": 1}).context["cl"].result_list
        assert list(found) == [late]
        Application.objects.filter(pk=late.pk).update(stage="interview", moved_at=now)
        clock.move_to(now + 2 * HALF_PAST)
    assert not Application.objects.filter(is_waiting=True).exists()


def test_nothing_is_marked_where_nobody_is_to_be_reminded(db, now, settings):
    settings.WAITING_REMINDER_DAYS = 0
    make_application(submitted_at=now - 100 * DAY)
    with started_at(now) as clock:
        clock.move_to(now + HALF_PAST)
    assert not Application.objects.filter(is_waiting=True).exists()
