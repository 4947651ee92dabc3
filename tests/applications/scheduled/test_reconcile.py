from datetime import timedelta
from zoneinfo import ZoneInfo

from applications.scheduled import reconcile
from pipelines.models import Run
from pipelines.schedules import cron
from tests.clock import started_at
from tests.factories import make_application


def test_each_hour_what_nothing_carries_is_given_a_run_once(db, s3, now, monkeypatch):
    application = make_application()
    quarter = now.replace(minute=17) + timedelta(hours=1)
    with started_at(now, beats=2) as clock:
        clock.move_to(quarter - timedelta(minutes=1))
        assert not Run.objects.filter(pipeline="apply_now").exists()
        monkeypatch.setattr("applications.dossier.render", lambda _application, **_uploads: b"%PDF")
        clock.move_to(quarter)
    assert Run.objects.get(pipeline="apply_now").subject_id == str(application.pk)
    assert Run.objects.filter(pipeline="reconcile").count() == 1


def test_each_hour_of_the_day_has_its_share():
    line = cron.parse(reconcile.cron, ZoneInfo("UTC"))
    assert (line.is_hourly, line.minutes) == (True, {17})
