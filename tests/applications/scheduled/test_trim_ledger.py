from datetime import timedelta

import pytest

from applications.models import Digest, Letter, WaitingReminder
from pipelines import ledger
from pipelines.models import Attempt, Run
from pipelines.schedules import forgetting
from pipelines.schedules.models import Occasion
from tests.clock import started_at
from tests.factories import make_application, make_letter

DAY = timedelta(days=1)


@pytest.fixture
def occasions(db, now):
    """Of each of the last hundred days, the latest one last."""

    def make(schedule, days):
        for day in reversed(range(days)):
            occasion = Occasion.objects.create(schedule=schedule, due_at=now - day * DAY)
            Run.objects.create(
                pipeline=schedule, subject_id=occasion.pk, status="done", finished_at=now
            )

    return make


def test_each_night_what_is_older_than_the_ledger_is_kept_goes(occasions, now, settings):
    settings.LEDGER_DAYS = 90
    occasions("backup", 100)
    at_night = now.replace(hour=3, minute=41) + DAY
    with started_at(now, beats=2) as clock:
        clock.move_to(at_night)
    left = Occasion.objects.filter(schedule="backup")
    assert left.order_by("due_at").first().due_at >= at_night - 90 * DAY
    assert left.count() == Run.objects.filter(pipeline="backup").count() == 90


def test_of_what_runs_each_minute_the_last_ones_are_kept(occasions, now):
    occasions("alarm", 12)
    assert forgetting.forget(before=now - 90 * DAY, most=10) == 2
    left = Occasion.objects.order_by("due_at")
    assert (left.first().due_at, left.count()) == (now - 9 * DAY, 10)


def test_what_is_still_at_work_stays(occasions, now):
    occasions("alarm", 3)
    oldest = Occasion.objects.last()
    Run.objects.filter(subject_id=oldest.pk).update(status="active")
    assert forgetting.forget(before=now + DAY, most=10) == 2
    assert Run.objects.get().subject_id == str(oldest.pk)


def test_what_has_failed_stays_as_long_as_the_ledger_is_kept(occasions, now):
    occasions("alarm", 12)
    Run.objects.filter(subject_id=Occasion.objects.last().pk).update(status="failed")
    assert forgetting.forget(before=now - 90 * DAY, most=10) == 1
    assert Run.objects.filter(status="failed").exists()
    assert forgetting.forget(before=now - 11 * DAY + DAY / 2, most=10) == 1


def test_past_attempts_of_old_runs_go_and_the_runs_of_applications_stay(db, now, settings):
    application = make_application()
    for status, days in (("done", 100), ("done", 10), ("failed", 100)):
        run = Run.objects.create(
            pipeline="apply_now",
            subject_id=f"{application.pk}{days}{status}"[:64],
            status=status,
            finished_at=now - days * DAY,
        )
        step = run.steps.create(name="email_hr", stage=0, status="success")
        Attempt.objects.create(step=step, number=1, outcome="retry", ended_at=now)
    assert ledger.forget_attempts(before=now - 90 * DAY) == 1
    assert (Run.objects.count(), Attempt.objects.count()) == (3, 2)


def test_old_digests_go_each_night_with_their_runs_and_letters(db, now, settings):
    settings.LEDGER_DAYS = 90
    for days, status in ((100, "done"), (95, "failed"), (94, "active"), (10, "done")):
        day = now.date() - days * DAY
        made = Digest.objects.create(
            address="hr@example.com", day=day, since=day, jobs=[], made_at=now - days * DAY
        )
        make_letter(kind=Letter.Kind.DIGEST, about=str(made.pk))
        Run.objects.create(pipeline="digest", subject_id=made.pk, status=status, finished_at=now)
    oldest = str(Digest.objects.last().pk)
    other = make_letter(kind=Letter.Kind.ALERT, about=oldest, message_id="<another@example.com>")
    with started_at(now) as clock:
        clock.move_to(now.replace(hour=3, minute=41) + DAY)
    left = {str(pk) for pk in Digest.objects.values_list("pk", flat=True)}
    assert {(now.date() - each.day).days for each in Digest.objects.all()} == {94, 10}
    assert set(Run.objects.filter(pipeline="digest").values_list("subject_id", flat=True)) == left
    assert set(Letter.objects.filter(kind="digest").values_list("about", flat=True)) == left
    assert Letter.objects.filter(pk=other.pk).exists()


def test_old_reminders_go_unless_what_they_tell_of_waits_to_this_day(db, now, settings):
    settings.LEDGER_DAYS = 90
    moved = make_application(moved_at=now - 98 * DAY)
    waits = make_application(job=moved.job, consent=moved.consent)
    for days, application in ((100, moved), (99, waits), (10, moved)):
        made = WaitingReminder.objects.create(
            job=moved.job, day=now.date() - days * DAY, made_at=now - days * DAY
        )
        made.applications.add(application)
        about = str(made.pk)
        make_letter(kind=Letter.Kind.WAITING_APPLICATIONS, about=about, message_id=f"<{days}@x>")
        Run.objects.create(pipeline="waiting_reminder", subject_id=about, status="done")
    with started_at(now) as clock:
        clock.move_to(now.replace(hour=3, minute=41) + DAY)
    left = set(WaitingReminder.objects.values_list("pk", flat=True))
    assert {(now.date() - each.day).days for each in WaitingReminder.objects.all()} == {99, 10}
    assert (
        set(
            map(
                int,
                Letter.objects.filter(kind="waiting_applications").values_list("about", flat=True),
            )
        )
        == left
    )
    assert Run.objects.filter(pipeline="waiting_reminder").count() == 2
