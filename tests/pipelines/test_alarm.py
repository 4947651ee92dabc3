"""ADMINS hear of failed runs once, once a day, and once more when there are none."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail

from applications.models import Job
from pipelines import alarm, ledger
from pipelines.models import Alarm
from tests.at_once import at_once
from tests.factories import make_job
from tests.pipelines.factories import Journey

MINUTE = timedelta(minutes=1)
ADDRESS = "https://jobs.example.com/staff/runs/failed"


class MailServerAway(OSError):
    pass


@pytest.fixture(autouse=True)
def admins(settings):
    settings.ADMINS = [("", "ops@example.com")]


@pytest.fixture
def fail(parcel, db, now):
    """A run that has failed at its first step with this error."""

    def make(error="No paper."):
        journey = Journey(parcel, make_job(), now=now)
        journey.fail("pack", 1, 2, error)
        return journey

    return make


@pytest.fixture
def mail_server_away(monkeypatch):
    """While the block lasts, no mail gets through, and every try ends in MailServerAway."""

    def refuse(_subject, _body, **_options):
        raise MailServerAway

    @contextmanager
    def away():
        with monkeypatch.context() as patched, pytest.raises(MailServerAway):
            patched.setattr(alarm, "mail_admins", refuse)
            yield

    return away


def watch(now):
    return alarm.watch(address=ADDRESS, now=now)


def subjects():
    return [letter.subject.partition("] ")[2] for letter in mail.outbox]


def test_nothing_is_said_while_nothing_has_failed(db, now):
    assert watch(now) is False
    assert mail.outbox == []


def test_they_are_told_once_however_many_runs_fail(fail, now):
    fail()
    fail()
    assert watch(now) is True
    fail()
    assert watch(now + timedelta(minutes=1)) is False
    assert subjects() == ["2 runs have failed"]


def test_the_mail_counts_by_step_and_error_and_links_to_the_list(fail, now):
    for error in ("No paper.", "No tape.", "No paper."):
        fail(error)
    watch(now)
    letter = mail.outbox[0]
    assert "  2 x parcel.pack: No paper.\n  1 x parcel.pack: No tape.\n" in letter.body
    assert ADDRESS in letter.body.splitlines()
    assert letter.to == ["ops@example.com"]


def test_the_mail_says_nothing_about_what_the_runs_are_for(fail, now):
    fail()
    watch(now)
    assert Job.objects.get().title not in mail.outbox[0].subject + mail.outbox[0].body


def test_they_are_reminded_once_a_day(fail, now):
    fail()
    watch(now)
    assert watch(now + alarm.REMINDER - timedelta(seconds=1)) is False
    assert watch(now + alarm.REMINDER) is True
    assert watch(now + alarm.REMINDER + timedelta(minutes=1)) is False


def test_they_hear_when_no_failed_run_is_left_and_the_alarm_is_over(fail, now):
    journey = fail()
    watch(now)
    ledger.resume(journey.run, now=now)
    assert watch(now + timedelta(minutes=1)) is True
    assert watch(now + timedelta(minutes=2)) is False
    assert subjects() == ["1 run has failed", "No failed run is left"]
    assert not Alarm.objects.exists()


def test_runs_that_fail_later_are_a_new_alarm(fail, now):
    journey = fail()
    watch(now)
    ledger.resume(journey.run, now=now)
    watch(now + timedelta(minutes=1))
    fail()
    assert watch(now + timedelta(minutes=2)) is True


def test_a_mail_that_does_not_get_through_is_tried_again(fail, now, mail_server_away):
    fail()
    with mail_server_away():
        watch(now)
    assert watch(now + MINUTE) is True
    assert subjects() == ["1 run has failed"]


def test_the_last_mail_is_tried_again_too(fail, now, mail_server_away):
    journey = fail()
    watch(now)
    ledger.resume(journey.run, now=now)
    with mail_server_away():
        watch(now)
    assert watch(now + MINUTE) is True
    assert subjects()[-1] == "No failed run is left"


def test_an_alarm_that_nobody_heard_of_ends_in_silence(fail, now, mail_server_away):
    journey = fail()
    with mail_server_away():
        watch(now)
    ledger.resume(journey.run, now=now)
    assert watch(now + MINUTE) is False
    assert not Alarm.objects.exists()


def test_nobody_else_tells_while_one_is_telling(fail, now, monkeypatch):
    fail()
    again = []
    monkeypatch.setattr(alarm, "mail_admins", lambda *_mail, **_options: again.append(watch(now)))
    assert watch(now) is True
    assert again == [False]


def test_without_admins_nothing_is_said_and_nothing_is_noted(fail, now, settings):
    settings.ADMINS = []
    fail()
    assert watch(now) is False
    assert not Alarm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_that_watch_at_the_same_time_send_one_mail(fail, now):
    fail()
    assert sorted(at_once(lambda: watch(now))) == [False, True]
    assert len(mail.outbox) == 1
