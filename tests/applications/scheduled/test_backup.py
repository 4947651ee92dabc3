from datetime import UTC, datetime, timedelta

from tests.clock import started_at

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


def backups(s3):
    listed = s3.list_objects_v2(Bucket="applications", Prefix="backups/").get("Contents", ())
    return [each["Key"] for each in listed]


def test_at_midnight_a_backup_lies_in_the_bucket_and_the_last_ones_are_kept(db, s3, now, settings):
    settings.BACKUPS_KEPT = 2
    with started_at(now, beats=2) as clock:
        clock.move_to(MIDNIGHT - timedelta(seconds=1))
        assert backups(s3) == []
        for day in range(3):
            clock.move_to(MIDNIGHT + timedelta(days=day))
    assert [key[:18] for key in backups(s3)] == ["backups/2026-03-04", "backups/2026-03-05"]


def test_what_was_down_over_midnight_catches_up_in_the_morning(db, s3, now):
    with started_at(now, beats=2) as clock:
        clock.move_to(MIDNIGHT + timedelta(hours=8))
        clock.look()
        clock.look()
    assert [key[:27] for key in backups(s3)] == ["backups/2026-03-03T00-00-00"]
