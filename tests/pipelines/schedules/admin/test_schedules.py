"""Schedules in the back office."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from pipelines.models import Run
from pipelines.schedules import opening
from pipelines.schedules.models import Entry, Occasion
from tests.clock import started_at, work
from tests.messages import said

EVE = datetime(2026, 3, 1, 20, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
LIST = "/staff/schedules/entry/"


@pytest.fixture
def clock(make_schedule):
    make_schedule("0 8 * * *")
    with started_at(EVE) as clock:
        yield clock


@pytest.fixture
def row(clock):
    return PeriodicTask.objects.get(name="digest")


@pytest.fixture
def staff(client, clock):
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.fixture
def gone(row):
    row.pk, row.name = None, "gone"
    row.save()
    return row


def page_of(row):
    return f"{LIST}{row.pk}/change/"


def run_now(row):
    return reverse("admin:schedules_run_now", args=(row.pk,))


def text(client, address):
    return " ".join(client.get(address).content.decode().split())


# --- looking ------------------------------------------------------------------------------------


def test_the_list_says_in_words_when_a_job_runs_and_when_next(staff):
    page = text(staff, LIST)
    for words in ("Digest", "Tells what has come.", "At 08:00", "Mon 2 Mar, 08:00", "Never"):
        assert words in page


def test_the_last_run_is_linked_to_its_timeline(staff, clock, row):
    clock.move_to(EIGHT)
    run = Run.objects.get()
    for address in (LIST, page_of(row)):
        page = text(staff, address)
        assert reverse("admin:pipelines_run_change", args=(run.pk,)) in page
        assert "Done" in page


def test_a_runs_page_leads_to_its_schedule(staff, clock, row):
    clock.move_to(EIGHT)
    page = text(staff, reverse("admin:pipelines_run_change", args=(Run.objects.get().pk,)))
    address = reverse("admin:schedules_occasion_change", args=(Occasion.objects.get().pk,))
    assert f'href="{address}"><bdi>2 Mar 2026, 08:00</bdi>' in page
    assert staff.get(address).url == page_of(row)
    PeriodicTask.objects.all().delete()
    assert staff.get(address).url == LIST


def test_the_number_of_queries_does_not_grow(staff, clock, row, django_assert_max_num_queries):
    for number in range(5):
        row.pk, row.name = None, f"gone-{number}"
        row.save()
    clock.move_to(EIGHT)
    with django_assert_max_num_queries(12):
        staff.get(LIST)


def test_an_occasion_whose_run_the_ledger_has_forgotten_is_told_as_such(staff, clock, row):
    clock.move_to(EIGHT)
    Run.objects.all().delete()
    assert "The ledger has forgotten it." in text(staff, page_of(row))
    assert "Mon 2 Mar, 08:00" in text(staff, LIST)


# --- changing -----------------------------------------------------------------------------------


def change(client, row, **values):
    return client.post(
        page_of(row), {"enabled": "on", "line": "0 8 * * *", "zone": "UTC", **values}
    )


def test_a_changed_line_is_in_force_from_then_on(staff, clock, row, done):
    clock.sleep_to(EIGHT - timedelta(minutes=30))
    assert change(staff, row, line="0  7 * * mon", zone="Europe/Berlin").status_code == 302
    clock.move_to(EIGHT)
    clock.move_to(EIGHT + timedelta(days=7, hours=-2))
    assert done == [EIGHT + timedelta(days=7, hours=-2)]
    assert "At 07:00, only on Monday" in text(staff, LIST)


def test_a_shared_row_of_beat_is_left_as_it_is(staff, row, gone):
    change(staff, Entry.objects.get(name="digest"), line="5 5 * * *")
    assert Entry.objects.get(name="gone").crontab.hour == "8"
    assert CrontabSchedule.objects.filter(hour="5", minute="5").count() == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0 0 31 2 *", "This line never falls due"),
        ("61 * * * *", "This line never falls due"),
        ("every day", "Five fields are needed"),
        ("<script>alert(1)</script> * * * *", "This line never falls due"),
    ],
)
def test_an_impossible_line_is_refused_with_the_reason(staff, row, line, reason):
    page = change(staff, row, line=line).content.decode()
    assert reason in page
    assert "<script>alert(1)" not in page
    assert Entry.objects.get(name="digest").crontab.hour == "8"


def test_a_job_can_be_switched_off(staff, clock, row, done):
    change(staff, row, enabled="")
    clock.move_to(EIGHT)
    assert done == []
    assert "It is switched off." in text(staff, page_of(row))


# --- Run now ------------------------------------------------------------------------------------


def test_run_now_begins_an_occasion_by_hand(staff, row, done):
    response = staff.post(run_now(row))
    work()
    assert said(response) == ["Begun: the next free worker takes it up. How it goes stands below."]
    assert done == [EVE]
    assert Occasion.objects.get().is_by_hand
    assert LogEntry.objects.get().change_message == "Run by hand."
    assert "by hand" in text(staff, page_of(row))


def test_a_second_click_begins_nothing(staff, row, done):
    staff.post(run_now(row))
    assert said(staff.post(run_now(row)))[-1] == "It is at work already; nothing was begun."
    assert "It is at work." in text(staff, page_of(row))
    work()
    assert done == [EVE]


def test_run_now_is_a_post(staff, row):
    assert staff.get(run_now(row)).status_code == 405


# --- a job that is gone -------------------------------------------------------------------------


def test_a_schedule_whose_job_is_gone_is_shown_and_may_be_deleted(staff, gone):
    assert "This release has no such schedule" in text(staff, LIST)
    assert "This release has no such schedule" in text(staff, page_of(gone))
    assert staff.post(run_now(gone)).status_code == 403
    assert staff.post(f"{LIST}{gone.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Entry.objects.filter(name="gone").exists()


def test_a_schedule_with_a_job_is_switched_off_and_not_deleted(staff, row):
    assert staff.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403


# --- who may ------------------------------------------------------------------------------------


def test_who_may_only_look_may_not_run(client, clock, row, done):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_entry"))
    client.force_login(viewer)
    assert "Run now" not in text(client, page_of(row))
    assert client.post(run_now(row)).status_code == 403
    assert not opening.is_busy(row)


def test_nobody_runs_anything_without_a_login(client, clock, row):
    assert client.post(run_now(row)).url.startswith(reverse("admin:login"))
