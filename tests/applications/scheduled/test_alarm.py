from datetime import timedelta

import pytest
from django.core import mail

from pipelines.models import Run, StepRun
from tests.clock import started_at

MINUTE = timedelta(minutes=1)


@pytest.fixture
def failed(db, settings):
    settings.ADMINS = [("", "ops@example.com")]
    return Run.objects.create(
        pipeline="of_another_release", subject_id="gone", status=Run.Status.FAILED
    )


def test_admins_are_told_once_within_a_minute_with_a_link_to_the_list(
    failed, client, admin_user, settings, now
):
    with started_at(now, beats=2) as clock:
        for minutes in (1, 2, 3):
            clock.move_to(now + minutes * MINUTE)
    (letter,) = mail.outbox
    (address,) = (line for line in letter.body.splitlines() if line.startswith("http"))
    client.force_login(admin_user)
    page = client.get(address.removeprefix(settings.SITE_URL))
    assert list(page.context["cl"].result_list) == [failed]


def test_a_mail_server_that_is_away_is_tried_again(failed, now, monkeypatch):
    def refuse(*_, **__):
        raise ConnectionRefusedError

    with started_at(now) as clock:
        with monkeypatch.context() as patch:
            patch.setattr("pipelines.alarm.mail_admins", refuse)
            clock.move_to(now + MINUTE)
        assert (
            StepRun.objects.get(name="tell_admins").error
            == "The mail went not out (ConnectionRefusedError)."
        )
        clock.move_to(now + 7 * MINUTE)
    assert len(mail.outbox) == 1
