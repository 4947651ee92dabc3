from datetime import timedelta

import pytest

from applications.models import ClosingReminder, Letter
from applications.services import closing
from pipelines.models import Run
from tests.factories import make_application, make_job, make_letter

DAY = timedelta(days=1)
ADA = "ada@example.org"


@pytest.fixture
def job(db, now):
    return make_job(opens_at=now - DAY, closes_at=now + 10 * DAY)


@pytest.fixture
def wish(job, now):
    closing.ask(job, ADA, now=now)
    return ClosingReminder.objects.get()


def runs(name):
    return Run.objects.filter(pipeline=name).count()


@pytest.mark.parametrize(("days", "offered"), [(None, False), (1, False), (2, False), (3, True)])
def test_a_reminder_is_offered_while_there_is_time(db, now, days, offered):
    closes_at = now + days * DAY if days else None
    job = make_job(opens_at=now - DAY, closes_at=closes_at)
    assert closing.is_offered(job, now) is offered


def test_nobody_gets_more_than_one_mail_before_a_yes(wish, job, now):
    for address in (ADA, "ADA@example.org"):
        closing.ask(job, address, now=now)
    closing.remind(now=now + 9 * DAY)
    assert (runs("closing_confirmation"), runs("closing_reminder")) == (1, 0)


def test_whoever_said_yes_is_reminded_once(wish, now):
    for _time in range(2):
        closing.confirm(wish, now=now)
    closing.remind(now=now + 8 * DAY - timedelta(seconds=1))
    assert runs("closing_reminder") == 0
    for _time in range(2):
        closing.remind(now=now + 8 * DAY)
    assert runs("closing_reminder") == 1


def test_whoever_has_applied_is_forgotten_instead(wish, job, now):
    closing.confirm(wish, now=now)
    make_application(job=job, email="ADA@example.org")
    closing.remind(now=now + 8 * DAY)
    assert runs("closing_reminder") == 0
    assert not ClosingReminder.objects.exists()


@pytest.mark.parametrize(("is_confirmed", "days"), [(False, 2), (True, 12)])
def test_what_is_over_is_forgotten_with_its_letters(wish, now, is_confirmed, days):
    make_letter(kind=Letter.Kind.CLOSING_CONFIRMATION, about=str(wish.pk))
    if is_confirmed:
        closing.confirm(wish, now=now)
    closing.remind(now=now + days * DAY)
    assert not ClosingReminder.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_is_reminded_of_what_was_taken_down(wish, job, now):
    closing.confirm(wish, now=now)
    job.is_published = False
    job.save()
    closing.remind(now=now + 8 * DAY)
    assert runs("closing_reminder") == 0


def test_forgetting_stops_what_has_not_gone_out(wish, now):
    closing.forget(wish, now=now)
    assert Run.objects.get(pipeline="closing_confirmation").status == "cancelled"


def test_a_wish_that_is_confirmed_at_the_last_moment_is_not_forgotten(wish, job, now, monkeypatch):
    closing.ask(job, "grace@example.org", now=now)
    last = ClosingReminder.objects.get(email="grace@example.org")
    forget = closing.forget

    def confirmed_meanwhile(other, *, now):
        closing.confirm(last, now=now)
        forget(other, now=now)

    monkeypatch.setattr(closing, "forget", confirmed_meanwhile)
    closing.remind(now=now + 2 * DAY)
    assert ClosingReminder.objects.get() == last
