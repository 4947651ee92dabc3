from datetime import UTC, date, datetime, timedelta

from applications.models import Application, PastApplication
from applications.reports.figures import figures_of
from applications.reports.weeks import Week, last_before
from pipelines.models import Run
from tests.factories import make_application, make_job

WEEK = Week(date(2026, 3, 2))


def test_the_week_is_the_offices(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    week = last_before(datetime(2026, 3, 29, 22, 30, tzinfo=UTC))
    assert (week.name, week.monday) == ("2026-W13", date(2026, 3, 23))
    assert week.end - week.start == timedelta(days=7)
    assert week.end.astimezone(UTC) - week.start.astimezone(UTC) == timedelta(days=7, hours=-1)


def test_positions_are_counted_by_week(db):
    busy, quiet = make_job(title="Busy"), make_job(title="Quiet")
    for days, job in ((0, busy), (6, busy), (-1, busy), (3, quiet), (7, busy), (-50, busy)):
        make_application(job=job, submitted_at=WEEK.start + timedelta(days=days))
    figures = figures_of(WEEK)
    assert [(job.title, job.counts[-2:], job.total) for job in figures.jobs] == [
        ("Busy", (1, 2), 3),
        ("Quiet", (0, 1), 1),
    ]
    assert (figures.count, sum(figures.totals)) == (3, 4)


def test_what_is_erased_counts_by_position_week_and_last_stage(db):
    job, gone = make_job(title="Busy"), make_job(title="Gone")
    make_application(job=job, submitted_at=WEEK.start)
    monday = WEEK.monday
    for position, days, stage, moved in (
        (job, 0, "rejected", 2),
        (job, 6, "interview", 6),
        # It was moved when the week was over.
        (job, 3, "hired", 7),
        (gone, -1, "new", None),
        # Of no week that is shown.
        (gone, 7, "new", None),
        (gone, -50, "hired", -40),
    ):
        PastApplication.objects.create(
            job=position,
            submitted_on=monday + timedelta(days=days),
            stage=stage,
            moved_on=None if moved is None else monday + timedelta(days=moved),
        )
    figures = figures_of(WEEK)
    assert [(each.title, each.counts[-2:]) for each in figures.jobs] == [
        ("Busy", (0, 4)),
        ("Gone", (1, 0)),
    ]
    assert (figures.count, figures.erased[-2:], figures.erased_total) == (4, (1, 3), 4)
    numbers = {"Received": 5, "In review": 1, "Interview": 1, "Offer": 0, "Hired": 0}
    assert dict(figures.funnel) == numbers
    assert dict(figures.left) == {"Rejected": 1, "Withdrawn": 0}
    assert (figures.delivery.expected, figures.delivery.missing) == (1, 1)


def test_what_failed_and_what_went_on_is_told_apart(db):
    run = Run.objects.create(pipeline="apply_now", subject_id="1")
    at = WEEK.start + timedelta(days=1)
    step = run.steps.create(name="email_hr", stage=0, status="failure", finished_at=at)
    for number, outcome in enumerate(("retry", "crash", "retry")):
        step.past_attempts.create(number=number, outcome=outcome, ended_at=at)
    (trouble,) = figures_of(WEEK).troubles
    assert (trouble.task, trouble.failed) == ("apply_now.email_hr", 1)
    assert (trouble.died, trouble.tried_again) == (1, 2)


def test_many_applications_take_as_many_queries_as_few(db, django_assert_num_queries):
    pattern = make_application(submitted_at=WEEK.start)
    values = {"job": pattern.job, "consent": pattern.consent, "submitted_at": WEEK.start}
    Application.objects.bulk_create(
        Application(
            **values, submission_key=f"00000000-0000-4000-8000-{each:012}", reference=str(each)
        )
        for each in range(1, 5000)
    )
    with django_assert_num_queries(7):
        assert figures_of(WEEK).count == 5000
