import csv
import hashlib
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.db import OperationalError

from applications.models import Employee, Report
from applications.scheduled import report_new_applications
from pipelines.models import Run
from pipelines.schedules import opening
from tests.clock import started_at, work
from tests.factories import make_application, make_job

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
KEY = "reports/new-applications/2026-03-02T0932Z.csv"


def hire(application, **values):
    return Employee.objects.create(
        application=application,
        job=application.job,
        **{
            "full_name": "Ada Lovelace",
            "email": "ada@example.org",
            "starts_on": date(2026, 4, 1),
            "place": "Lisbon",
            "contact_name": "Grace",
            "contact_email": "grace@example.com",
            **values,
        },
    )


def bytes_of(s3, key):
    return s3.get_object(Bucket="applications", Key=key)["Body"].read()


def table(s3, key=KEY):
    return list(csv.DictReader(StringIO(bytes_of(s3, key).decode("utf-8-sig"))))


def keys(s3):
    listed = s3.list_objects_v2(Bucket="applications", Prefix="reports/").get("Contents", ())
    return [each["Key"] for each in listed]


@pytest.fixture
def clock(db, now):
    """Two Beats, and the report of everything before ``now`` is made."""
    with started_at(now - MINUTE, beats=2) as clock:
        clock.move_to(now)
        yield clock


@pytest.fixture
def arrived(clock, now):
    """An application and a hire of the last seconds."""
    job = make_job(title="=cmd|' /C calc'!A0")
    application = make_application(job=job, reference="7K3M-9QXA", submitted_at=now + 10 * SECOND)
    hire(application, full_name="+Ada Łovelace", hired_at=now + 20 * SECOND)
    return application


def test_what_is_new_is_an_object_and_a_row_once(arrived, clock, now, s3):
    for minutes in (1, 2, 3, 4):
        clock.move_to(now + minutes * MINUTE)
    assert keys(s3) == [KEY]
    report = Report.objects.get()
    content = bytes_of(s3, KEY)
    assert (report.key, report.row_count, report.size) == (KEY, 2, len(content))
    assert report.sha256 == hashlib.sha256(content).hexdigest()
    head = s3.head_object(Bucket="applications", Key=KEY)
    assert head["Metadata"] == {"sha256": report.sha256}
    assert content.startswith(b"\xef\xbb\xbf")


def test_it_says_when_what_and_where_and_runs_nothing(arrived, clock, now, s3):
    clock.move_to(now + 2 * MINUTE)
    application, hired = table(s3)
    assert application["Time"] == "2026-03-02T09:30:10+00:00"
    assert (application["What"], hired["What"]) == ("Application", "Hire")
    assert application["Reference"] == hired["Reference"] == "7K3M-9QXA"
    assert application["Position"] == "'=cmd|' /C calc'!A0"
    assert (hired["New employee"], hired["First day"]) == ("'+Ada Łovelace", "2026-04-01")
    assert application["Link"].endswith(f"/staff/applications/application/{arrived.pk}/change/")
    assert "ada@example.org" not in bytes_of(s3, KEY).decode()


def test_nothing_is_written_when_nothing_is_new(clock, now, s3):
    clock.move_to(now + MINUTE)
    assert Run.objects.filter(pipeline="report_new_applications").count() == 2
    assert (keys(s3), Report.objects.exists()) == ([], False)


def test_what_came_while_the_clock_stood_still_is_in_the_next_one(arrived, clock, now, s3):
    clock.move_to(now + timedelta(hours=5))
    (key,) = keys(s3)
    assert [row["Reference"] for row in table(s3, key)] == ["7K3M-9QXA", "7K3M-9QXA"]


def test_each_arrival_is_in_one_report_however_the_minutes_fall(clock, now, s3):
    job = make_job()
    moments = [now + seconds * SECOND for seconds in (0, 29, 59, 60, 61, 119, 120, 121)]
    for moment in moments:
        make_application(job=job, submitted_at=moment)
    for minutes in range(1, 5):
        clock.move_to(now + minutes * MINUTE)
    told = [row["Time"] for key in keys(s3) for row in table(s3, key)]
    assert told == [moment.isoformat() for moment in moments]


def test_killed_between_object_and_row_it_writes_the_same_again(
    arrived, clock, now, s3, monkeypatch
):
    def die(*_, **__):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(Report.objects, "get_or_create", die)
        clock.move_to(now + 2 * MINUTE)
    first = bytes_of(s3, KEY)
    assert not Report.objects.exists()
    clock.move_to(now + 3 * MINUTE)
    assert bytes_of(s3, KEY) == first
    assert Report.objects.get().sha256 == hashlib.sha256(first).hexdigest()


def test_by_hand_it_has_a_key_of_its_own(arrived, clock, now, s3):
    clock.sleep_to(now + MINUTE + 30 * SECOND)
    opening.begin_by_hand(report_new_applications, now=now + MINUTE + 30 * SECOND)
    work()
    assert keys(s3) == ["reports/new-applications/2026-03-02T093130000000Z.csv"]


def test_no_key_comes_twice_when_the_clocks_are_put_back(db, settings, s3):
    settings.TIME_ZONE = "Europe/Berlin"
    job = make_job()
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with started_at(before - timedelta(hours=1)) as clock:
        for hours in (0, 1):
            moment = before + timedelta(hours=hours)
            make_application(job=job, submitted_at=moment - 2 * MINUTE)
            clock.move_to(moment)
    assert [key[-20:] for key in keys(s3)] == ["2026-10-25T0030Z.csv", "2026-10-25T0130Z.csv"]
    assert [row["Time"][11:] for key in keys(s3) for row in table(s3, key)] == [
        "02:28:00+02:00",
        "02:28:00+01:00",
    ]
