import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import OperationalError
from django_celery_beat.models import CrontabSchedule
from pypdf import PdfReader

from applications.models import PastApplication, Report, StageChange
from pipelines.models import Run
from pipelines.schedules import opening
from tests.applications.scheduled.letters import arrived
from tests.clock import started_at, work
from tests.factories import make_application, make_job, make_letter

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# A Monday in Berlin, in the week after which the clocks are put forward.
MONDAY = datetime(2026, 3, 23, 8, tzinfo=UTC)
DUE = datetime(2026, 3, 30, 7, tzinfo=UTC)
KEYS = ["reports/weekly/2026-W13.pdf", "reports/weekly/2026-W13.xlsx"]


@pytest.fixture(autouse=True)
def in_berlin(db, settings):
    """The office, and the rows that were made for it after ``migrate``."""
    settings.TIME_ZONE = "Europe/Berlin"
    CrontabSchedule.objects.update(timezone="Europe/Berlin")


@pytest.fixture
def busy_week(db):
    """Three applications for a hostile title, one of them moved on; one of the week before."""
    job = make_job(title="=1+1 <Designer>")
    made = [make_application(job=job, submitted_at=MONDAY + day * DAY) for day in range(3)]
    make_application(job=job, submitted_at=MONDAY - 3 * DAY)
    for application in made[:2]:
        at = application.submitted_at + timedelta(seconds=4)
        make_letter(application, intent_at=at, sent_at=at)
    moves = (("new", "in_review", 24), ("in_review", "interview", 36))
    for before, after, hours in moves:
        at = made[0].submitted_at + hours * HOUR
        StageChange.objects.create(application=made[0], from_stage=before, to_stage=after, at=at)


def ring(clock):
    """Beat may be an hour late when the clocks have changed (celery#6438); the look is not."""
    clock.move_to(DUE)
    opening.look()
    work()


def files_of(message):
    return {part.get_filename(): part.get_content() for part in message.iter_attachments()}


def words_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def parts_of(workbook):
    with ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_hr_gets_workbook_and_pages_on_monday_at_nine_once(busy_week, smtp, s3):
    with started_at(MONDAY, beats=2) as clock:
        clock.move_to(DUE - timedelta(minutes=1))
        assert not Report.objects.filter(kind="weekly").exists()
        ring(clock)
        assert Report.objects.filter(kind="weekly").count() == 2
        for later in (HOUR, DAY):
            clock.move_to(DUE + later)
    (message,) = [each for each in arrived(smtp) if "Weekly" in each["Subject"]]
    assert (message["To"], message["Subject"]) == (
        "hr@example.com",
        "Weekly report 2026-W13: 3 applications",
    )
    assert "23 March 2026 to 29 March 2026" in message.get_body(("plain",)).get_content()
    kept = Report.objects.filter(kind="weekly").order_by("key")
    assert [report.key for report in kept] == KEYS
    for report in kept:
        body = s3.get_object(Bucket="applications", Key=report.key)["Body"].read()
        assert body == files_of(message)[report.filename]


def test_the_workbook_has_sheets_charts_and_no_formula(busy_week, smtp):
    with started_at(MONDAY) as clock:
        ring(clock)
    message = next(each for each in arrived(smtp) if "Weekly" in each["Subject"])
    parts = parts_of(files_of(message)["weekly-2026-W13.xlsx"])
    sheets = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    assert sheets == ["Applications", "Funnel", "Time in stage", "Delivery", "Failures"]
    assert "<c:barChart>" in parts["xl/charts/chart1.xml"]
    assert "Applications!$B$2:$I$2" in parts["xl/charts/chart1.xml"]
    applications = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in applications
    assert "=1+1 &lt;Designer&gt;" in applications + parts.get("xl/sharedStrings.xml", "")
    assert re.findall(r'<c r="[H-J]2"[^>]*><v>(\d+)</v>', applications) == ["1", "3", "4"]
    assert re.findall(r"<v>([\d.]+)</v>", parts["xl/worksheets/sheet3.xml"])[-6:] == [
        *("1", "24", "24"),
        *("1", "12", "12"),
    ]


def test_the_pages_say_it_in_words_and_pictures(busy_week, smtp):
    with started_at(MONDAY) as clock:
        ring(clock)
    message = next(each for each in arrived(smtp) if "Weekly" in each["Subject"])
    words = words_of(files_of(message)["weekly-2026-W13.pdf"])
    for said in ("3 applications", "=1+1 <Designer>", "1.0 d", "12.0 h", "2 of 3 letters", "4.0 s"):
        assert said in words


def test_what_is_erased_is_counted_and_the_report_says_so(busy_week, smtp):
    values = {"submitted_on": MONDAY.date(), "moved_on": MONDAY.date(), "stage": "withdrawn"}
    PastApplication.objects.create(job=make_job(title="Forgotten"), **values)
    with started_at(MONDAY) as clock:
        ring(clock)
    message = next(each for each in arrived(smtp) if "Weekly" in each["Subject"])
    files = files_of(message)
    words = words_of(files["weekly-2026-W13.pdf"])
    for said in ("4 applications", "Forgotten", "also 1 that is erased since", "2 of 3 letters"):
        assert said in words
    applications = parts_of(files["weekly-2026-W13.xlsx"])["xl/worksheets/sheet1.xml"]
    assert "of these erased since" in applications
    assert re.findall(r'<c r="[I-J][23]"[^>]*><v>(\d+)</v>', applications) == ["4", "5", "1", "1"]


def test_an_empty_week_says_so(db, smtp):
    with started_at(MONDAY) as clock:
        ring(clock)
    (message,) = [each for each in arrived(smtp) if "Weekly" in each["Subject"]]
    assert message["Subject"] == "Weekly report 2026-W13: 0 applications"
    assert "No applications came in" in message.get_body(("plain",)).get_content()
    assert "Nobody has applied" in words_of(files_of(message)["weekly-2026-W13.pdf"])
    assert "xl/charts/chart1.xml" in parts_of(files_of(message)["weekly-2026-W13.xlsx"])


def test_killed_between_object_and_row_there_is_one_of_each(busy_week, smtp, s3, monkeypatch):
    def die(*_, **__):
        raise OperationalError

    with started_at(MONDAY) as clock:
        with monkeypatch.context() as patch:
            patch.setattr(Report.objects, "get_or_create", die)
            ring(clock)
        first = [s3.head_object(Bucket="applications", Key=key)["ETag"] for key in KEYS]
        assert not Report.objects.filter(kind="weekly").exists()
        clock.move_to(DUE + HOUR)
    assert [s3.head_object(Bucket="applications", Key=key)["ETag"] for key in KEYS] == first
    assert Report.objects.filter(kind="weekly").count() == 2
    assert len([each for each in arrived(smtp) if "Weekly" in each["Subject"]]) == 1
    assert Run.objects.get(pipeline="weekly_report").status == Run.Status.DONE
