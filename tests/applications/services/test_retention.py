"""What else happens to an application in the moment in which its time is over."""

from datetime import timedelta

import pytest

from applications.models import Application, Erasure, RetentionNotice
from applications.services import erasure, retention
from tests.factories import make_application, make_consent, make_job

DAY = timedelta(days=1)


@pytest.fixture
def old(db, now, settings, monkeypatch):
    """Five of them, in the order in which they are met."""
    settings.RETENTION_MONTHS = 24
    settings.RETENTION_NOTICE_DAYS = 30
    monkeypatch.setattr(retention, "_BATCH", 2)
    values = {"job": make_job(), "consent": make_consent(), "submitted_at": now - 800 * DAY}
    for number in range(5):
        make_application(reference=f"7K3M-9QX{number}", **values)
    return list(Application.objects.order_by("pk"))


@pytest.fixture
def announced(old, now):
    for application in old:
        RetentionNotice.objects.create(
            application=application, made_at=now - 31 * DAY, erase_at=now - DAY
        )
    return old


def once_the_first_is_met(monkeypatch, where, name, happens):
    """``happens`` when ``name`` is called first."""
    found, due = getattr(where, name), [happens]

    def call(*args, **options):
        if due:
            due.pop()()
        return found(*args, **options)

    monkeypatch.setattr(where, name, call)


def test_more_than_a_batch_are_told_and_erased(old, now):
    assert retention.announce(now=now) == 5
    assert retention.announce(now=now) == 0
    assert retention.erase(now=now + 30 * DAY) == 5
    assert Erasure.objects.count() == 5


def test_who_is_moved_while_others_are_erased_is_kept(announced, now, monkeypatch):
    moved = Application.objects.filter(pk=announced[1].pk)
    once_the_first_is_met(
        monkeypatch,
        retention.erasure,
        "request",
        lambda: moved.update(stage="in_review", moved_at=now),
    )
    assert retention.erase(now=now) == 4
    assert not Erasure.objects.filter(application_id=announced[1].pk).exists()


def test_who_is_gone_while_others_are_erased_stops_nothing(announced, now, monkeypatch):
    gone = Application.objects.filter(pk=announced[1].pk)
    once_the_first_is_met(monkeypatch, retention.erasure, "request", gone.delete)
    assert retention.erase(now=now) == 4


def test_who_asks_to_be_erased_while_a_notice_waits_for_them_gets_none(old, now, monkeypatch):
    held = retention.stages.is_being_erased
    monkeypatch.setattr(retention.stages, "is_being_erased", lambda pk: pk == old[1].pk or held(pk))
    assert retention.announce(now=now) == 4
    assert not RetentionNotice.objects.filter(application=old[1]).exists()


def test_who_has_asked_to_be_erased_gets_no_notice_any_more(old, now, monkeypatch):
    once_the_first_is_met(
        monkeypatch,
        RetentionNotice.objects,
        "create",
        lambda: erasure.request(old[1], now=now),
    )
    assert retention.announce(now=now) == 4
    assert not RetentionNotice.objects.filter(application=old[1]).exists()
