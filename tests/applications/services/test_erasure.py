from datetime import timedelta

import pytest

from applications.models import Application, Erasure, PlannedLetter
from applications.services import erasure
from applications.services.hiring import interviews
from applications.services.withdrawal import withdraw
from pipelines.models import Run


def test_whatever_else_is_done_with_the_application_is_cancelled(journey, application):
    withdraw(application, now=journey.at(1))
    asked = erasure.request(application, now=journey.at(2))
    assert list(Run.objects.order_by("pipeline").values_list("pipeline", "status")) == [
        ("apply_now", "cancelled"),
        ("erasure", "active"),
        ("withdrawal", "cancelled"),
    ]
    assert [step.status for step in erasure.progress(asked).steps] == ["sent", *["pending"] * 4]


def test_asking_again_is_answered_with_the_first_one(journey, application):
    first = erasure.request(application, now=journey.at(1))
    assert erasure.request(application, now=journey.at(2)) == first
    assert Erasure.objects.get().requested_at == journey.at(1)
    assert Run.objects.filter(pipeline="erasure").count() == 1


def test_it_is_found_by_the_secret_of_the_page_which_is_not_kept(journey, application):
    asked = erasure.request(application, now=journey.at(1))
    assert erasure.find(application.token) == asked
    assert erasure.find("another") is None
    assert application.token not in str(list(Erasure.objects.values()))


def test_what_is_erased_is_not_withdrawn_any_more(journey, application):
    erasure.request(application, now=journey.at(1))
    assert not withdraw(application, now=journey.at(2))
    assert not Run.objects.filter(pipeline="withdrawal").exists()


def test_there_is_nothing_to_ask_for_once_it_is_gone(application, now):
    gone = Application(pk=application.pk)
    application.delete()
    with pytest.raises(Application.DoesNotExist):
        erasure.request(gone, now=now + timedelta(seconds=1))


def arrangement(starts_at):
    return interviews.Arrangement(
        starts_at=starts_at,
        minutes=45,
        time_zone="Europe/Lisbon",
        place="Lisbon",
        link="",
        people="Ann",
        addresses="ann@example.com",
        message="",
    )


def test_interviews_are_called_off_and_whoever_was_told_will_hear(journey, application, now):
    for days in (-1, 2):
        interviews.arrange(application, arrangement(now + timedelta(days=days)), by=None, now=now)
    asked = erasure.request(application, now=now)
    assert asked.called_off == [(now + timedelta(days=2)).isoformat()]
    assert asked.our_addresses == "hr@example.com, ann@example.com"
    assert set(Run.objects.filter(pipeline="interview_notice").values_list("status")) == {
        ("cancelled",)
    }


def test_after_thirty_days_an_address_that_takes_nothing_is_forgotten(journey, application, now):
    asked = erasure.request(application, now=now)
    assert erasure.forget_overdue(now=now + timedelta(days=31)) == 0
    Erasure.objects.update(erased_at=now)
    assert erasure.forget_overdue(now=now + timedelta(days=29)) == 0
    assert erasure.forget_overdue(now=now + timedelta(days=30)) == 1
    assert erasure.forget_overdue(now=now + timedelta(days=31)) == 0
    asked.refresh_from_db()
    assert (asked.email, asked.our_addresses, asked.reference) == ("", "", "")
    assert erasure.progress(asked).status == "cancelled"


def test_what_was_planned_does_not_happen(journey, application, now):
    then = now + timedelta(days=1)
    planned = PlannedLetter.objects.create(application=application, due_at=then, subject="Hello")
    erasure.request(application, now=now)
    planned.refresh_from_db()
    assert planned.cancelled_at == now
