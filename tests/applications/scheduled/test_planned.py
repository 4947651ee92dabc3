from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from applications.models import Application, Letter
from applications.services.hiring import planning
from tests.applications.scheduled.letters import arrived
from tests.clock import started_at
from tests.factories import make_application

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _alone(only):
    only("planned")


@pytest.fixture
def application(db, now):
    return make_application(reference="7K3M-9QXA", submitted_at=now)


@pytest.fixture
def plan(application, now):
    """Plan a letter."""

    def make(due_at):
        return planning.plan_letter(
            application,
            due_at=due_at,
            subject="We would like to meet you",
            body="Dear Ada,\n\nwhen can you come?",
            by=User.objects.create_user("grace"),
            now=now,
        )

    return make


def test_a_letter_goes_out_at_its_time_once(plan, application, smtp, now):
    plan(now + HOUR)
    with started_at(now, beats=2) as clock:
        clock.move_to(now + HOUR - MINUTE)
        assert smtp.accepted == []
        for minutes in range(3):
            clock.move_to(now + HOUR + minutes * MINUTE)
    (message,) = arrived(smtp)
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "We would like to meet you (7K3M-9QXA)"
    assert "when can you come?" in message.get_body(("plain",)).get_content()
    assert "<p>when can you come?</p>" in message.get_body(("html",)).get_content().replace(
        ' style="margin: 0 0 16px;font-size: 16px;line-height: 1.55;"', ""
    )
    assert Letter.objects.get().application == application


def test_a_letter_that_was_cancelled_in_time_never_goes_out(plan, smtp, now):
    letter = plan(now + HOUR)
    with started_at(now) as clock:
        clock.move_to(now + HOUR - MINUTE)
        planning.cancel(letter, now=now + HOUR - MINUTE)
        clock.move_to(now + 2 * HOUR)
    assert smtp.accepted == []


def test_a_letter_whose_time_passed_while_everything_was_down_goes_out_then(plan, smtp, now):
    plan(now + HOUR)
    with started_at(now) as clock:
        clock.sleep_to(now + 30 * HOUR)
        clock.move_to(now + 30 * HOUR + MINUTE)
    assert len(smtp.accepted) == 1


def test_a_mail_server_that_is_away_is_tried_again(plan, smtp, settings, now):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    plan(now + HOUR)
    with started_at(now) as clock:
        clock.move_to(now + HOUR)
        settings.EMAIL_PORT = port
        clock.move_to(now + HOUR + MINUTE)
    assert len(smtp.accepted) == 1


def test_nine_on_the_wall_is_nine_after_the_clocks_were_put_forward(plan, smtp):
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    monday = datetime(2026, 3, 30, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    plan(monday)
    with started_at(saturday) as clock:
        clock.move_to(datetime(2026, 3, 30, 6, 59, tzinfo=UTC))
        assert smtp.accepted == []
        clock.move_to(datetime(2026, 3, 30, 7, 0, tzinfo=UTC))
    assert len(smtp.accepted) == 1


def test_an_application_moves_at_its_time_once(application, now):
    planning.plan_move(
        application, due_at=now + HOUR, stage=Application.Stage.REJECTED, by=None, now=now
    )
    with started_at(now, beats=2) as clock:
        clock.move_to(now + HOUR - MINUTE)
        assert Application.objects.get().stage == "new"
        clock.move_to(now + HOUR)
        clock.move_to(now + HOUR + MINUTE)
    application.refresh_from_db()
    assert (application.stage, application.moved_at) == ("rejected", now + HOUR)
    assert application.stage_changes.count() == 1


def test_a_move_that_was_cancelled_in_time_is_never_made(application, now):
    planned = planning.plan_move(
        application, due_at=now + HOUR, stage=Application.Stage.REJECTED, by=None, now=now
    )
    with started_at(now, beats=2) as clock:
        clock.move_to(now + HOUR - MINUTE)
        assert planning.cancel(planned, now=now + HOUR - MINUTE)
        clock.move_to(now + 2 * HOUR)
    application.refresh_from_db()
    assert (application.stage, application.stage_changes.count()) == ("new", 0)
