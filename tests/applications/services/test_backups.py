"""A backup, there and back, on the engine that the tests run on."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from django.core.management import CommandError, call_command

from applications.backup import BackupUnreadable
from applications.models import Application
from applications.pipeline import apply_now
from applications.services import backups
from applications.services.hiring import planning
from pipelines import ledger
from pipelines.models import Run, StepRun
from pipelines.resuming import resume
from pipelines.schedules.models import Timetable
from tests.factories import make_application

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
PERSONAL = b"Ada Lovelace"


@pytest.fixture(autouse=True)
def bucket(s3):
    return boto3.resource("s3").Bucket("applications")


@pytest.fixture
def application(transactional_db, now):
    application = make_application(full_name=PERSONAL.decode())
    ledger.open_run(apply_now, application, now=now)
    return application


def content(bucket, name):
    return bucket.Object(f"backups/{name}").get()["Body"].read()


@pytest.mark.parametrize("key", ["", "a key that people keep"])
def test_what_was_there_at_midnight_comes_back(application, settings, now, key):
    settings.BACKUP_KEY = key
    name = backups.make(due_at=MIDNIGHT)
    Application.objects.update(full_name="Somebody else")
    make_application(job=application.job, consent=application.consent)
    backups.restore(name, now=now)
    assert [each.full_name for each in Application.objects.all()] == [PERSONAL.decode()]


def test_with_a_key_nobody_reads_it_without(application, settings, bucket, now):
    settings.BACKUP_KEY = "one"
    name = backups.make(due_at=MIDNIGHT)
    assert name.endswith(".sealed")
    assert PERSONAL not in content(bucket, name)
    settings.BACKUP_KEY = "another"
    with pytest.raises(BackupUnreadable, match="does not open"):
        backups.restore(name, now=now)
    assert Application.objects.get().full_name == PERSONAL.decode()


def test_runs_that_were_at_work_are_held_for_a_person(application, now):
    name = backups.make(due_at=MIDNIGHT)
    assert backups.restore(name, now=now) == 1
    run = Run.objects.get()
    assert run.status == Run.Status.FAILED
    step = run.steps.get(status=StepRun.Status.FAILURE)
    assert (step.name, step.error[:22]) == ("render_dossier", "Restored from a backup")
    assert resume(run, now=now) == ("render_dossier",)


def test_a_letter_that_was_planned_for_the_time_since_is_held_too(application, now):
    planning.plan_letter(
        application, due_at=now, subject="News", body="Dear Ada", by=None, now=MIDNIGHT
    )
    assert backups.restore(backups.make(due_at=MIDNIGHT), now=now) == 2
    planning.begin_due(now=now)
    assert Run.objects.get(pipeline="planned_letter").status == Run.Status.FAILED


def test_what_the_clock_had_to_do_since_is_not_done_again(application, now):
    values = {"schedule": "hr_digest", "defaults": {"line": "0 8 * * * UTC", "since": MIDNIGHT}}
    Timetable.objects.update_or_create(**values)
    backups.restore(backups.make(due_at=MIDNIGHT), now=now)
    assert Timetable.objects.get(schedule="hr_digest").since == now


def test_a_backup_that_was_cut_off_changes_nothing(application, bucket, now):
    name = backups.make(due_at=MIDNIGHT)
    whole = content(bucket, name)
    bucket.put_object(Key=f"backups/{name}", Body=whole[: len(whole) // 2])
    with pytest.raises((BackupUnreadable, backups.backup.BackupFailed)):
        backups.restore(name, now=now)
    assert Application.objects.get().full_name == PERSONAL.decode()


def test_a_second_try_writes_the_same_object(application, bucket):
    assert backups.make(due_at=MIDNIGHT) == backups.make(due_at=MIDNIGHT)
    assert len(list(bucket.objects.all())) == 1


def test_the_last_ones_are_kept_and_nothing_else_is_touched(application, bucket, settings):
    settings.BACKUPS_KEPT = 2
    bucket.put_object(Key="applications/1/resume.pdf", Body=b"cv")
    for day in range(4):
        backups.make(due_at=MIDNIGHT + timedelta(days=day))
    dropped = backups.drop_old()
    assert [name[:10] for name in dropped] == ["2026-03-03", "2026-03-02"]
    assert [name[:10] for name in backups.names()] == ["2026-03-05", "2026-03-04"]
    assert bucket.Object("applications/1/resume.pdf").get()["Body"].read() == b"cv"
    assert backups.drop_old() == []


def test_a_backup_of_another_engine_is_told_as_such(application, bucket, now):
    bucket.put_object(Key="backups/2026-03-02T00-00-00Z.oracle", Body=b"?")
    with pytest.raises(BackupUnreadable, match="another database engine"):
        backups.restore("2026-03-02T00-00-00Z.oracle", now=now)


# --- the command --------------------------------------------------------------------------------


def test_the_command_lists_and_restores_the_latest(application, capsys):
    for day in range(2):
        backups.make(due_at=MIDNIGHT + timedelta(days=day))
    call_command("restore")
    listed = capsys.readouterr().out.split()
    assert [name[:10] for name in listed] == ["2026-03-03", "2026-03-02"]
    Application.objects.update(full_name="Somebody else")
    call_command("restore", "latest", "--yes")
    assert f"Restored: {listed[0]}. Runs held" in capsys.readouterr().out
    assert Application.objects.get().full_name == PERSONAL.decode()


def test_the_command_wants_to_be_told_that_it_is_meant(application):
    name = backups.make(due_at=MIDNIGHT)
    with pytest.raises(CommandError, match="say so with --yes"):
        call_command("restore", name)


def test_the_command_names_the_backups_that_there_are(application):
    with pytest.raises(CommandError, match=r"There is no backup 'latest'; there are: none\."):
        call_command("restore", "latest", "--yes")


def test_a_store_that_is_away_is_told_in_a_sentence(application, bucket):
    bucket.delete()
    with pytest.raises(CommandError, match="object store"):
        call_command("restore")
