from datetime import timedelta

from applications.models import KeptFile
from tests.clock import started_at


def keep(key, kept_at):
    KeptFile.objects.create(
        submission_key=f"00000000-0000-4000-8000-{key:012}",
        field="resume",
        content=b"?",
        kept_at=kept_at,
    )


def test_files_that_nobody_came_back_to_are_forgotten_within_half_an_hour(db, now):
    keep(1, now - timedelta(hours=23, minutes=40))
    keep(2, now - timedelta(hours=22))
    with started_at(now, beats=2) as clock:
        clock.move_to(now + timedelta(minutes=7))
        assert KeptFile.objects.count() == 2
        clock.move_to(now + timedelta(minutes=37))
    assert str(KeptFile.objects.get().submission_key).endswith("2")
