import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.letters import MailboxRefused
from applications.models import Alert
from applications.services import standing
from applications.services.alerts import mailing
from tests.factories import make_job

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def subscribed(db, now, monkeypatch):
    """A position that is new, letters that nobody gets, and so many subscribers more."""
    make_job(opens_at=now - HOUR, listed_at=now - HOUR)
    monkeypatch.setattr(mailing, "_BATCH", 20)
    monkeypatch.setattr(mailing.letters, "alert", lambda *_, **__: None)

    def subscribe(number):
        first = Alert.objects.count()
        Alert.objects.update(tried_for=None, news_since=now - DAY)
        Alert.objects.bulk_create(
            Alert(email=f"{each}@example.org", confirmed_at=now - DAY, news_since=now - DAY)
            for each in range(first, first + number)
        )

    return subscribe


def queries(due_at):
    with CaptureQueriesContext(connection) as captured:
        mailing.mail(due_at, now=due_at)
    return len(captured)


def peak(due_at):
    """Bytes."""
    tracemalloc.start()
    mailing.mail(due_at, now=due_at)
    _current, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_subscriber_costs_as_many_queries_however_many_there_are(subscribed, now):
    subscribed(20)
    standing.update_positions(now=now)
    few = queries(now)
    subscribed(80)
    many = queries(now)
    assert Alert.objects.filter(tried_for=now).count() == 100
    # One asks what is new to them, one whether they still want it, one records the letter; a batch
    # of twenty is one more.
    assert many - few == 80 * 3 + 4


def test_many_subscribers_take_no_more_memory_than_few(subscribed, now):
    subscribed(20)
    mailing.mail(now, now=now)
    # So many that the collector has been round.
    subscribed(280)
    few = peak(now)
    subscribed(900)
    many = peak(now)
    assert Alert.objects.filter(tried_for=now).count() == 1200
    assert many < 2 * few


def test_who_ends_an_alert_while_others_are_mailed_gets_no_letter(subscribed, now, monkeypatch):
    subscribed(3)
    mailed = []

    def letter(alert, *_args, **_options):
        mailed.append(alert.pk)
        Alert.objects.exclude(pk=alert.pk).end()

    monkeypatch.setattr(mailing.letters, "alert", letter)
    mailing.mail(now, now=now)
    assert len(mailed) == 1


def test_a_refusal_that_comes_when_the_alert_is_ended_stops_nobody(subscribed, now, monkeypatch):
    subscribed(3)
    ended = Alert.objects.first()

    def letter(alert, *_args, **_options):
        if alert.pk == ended.pk:
            Alert.objects.filter(pk=ended.pk).end()
            raise MailboxRefused("The mailbox is gone.")

    monkeypatch.setattr(mailing.letters, "alert", letter)
    mailing.mail(now, now=now)
    assert Alert.objects.filter(tried_for=now).count() == 2
