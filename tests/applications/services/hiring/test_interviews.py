from dataclasses import replace
from datetime import timedelta

import pytest

from applications.models import Application, Notice
from applications.services import erasure
from applications.services.hiring import interviews
from applications.services.hiring.interviews import (
    Arrangement,
    InterviewRefused,
    arrange,
    cancel,
    change,
)
from applications.services.hiring.stages import StageRefused
from applications.services.withdrawal import withdraw
from pipelines.models import Run


@pytest.fixture
def arrangement(now):
    return Arrangement(
        starts_at=now + timedelta(days=3),
        minutes=45,
        time_zone="Europe/Berlin",
        place="Torstraße 1, Berlin",
        link="",
        people="Grace Hopper",
        addresses="grace@example.com, alan@example.com",
        message="",
    )


def told():
    notices = Notice.objects.order_by("sequence")
    return [(notice.sequence, notice.change) for notice in notices]


def status_of(sequence):
    return Run.objects.get(subject_id=str(Notice.objects.get(sequence=sequence).pk)).status


def test_both_sides_are_invited(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    assert told() == [(0, "invited")]
    assert interview.notice.by == person
    assert Run.objects.get(pipeline="interview_notice").subject_id == str(interview.notice.pk)


@pytest.mark.parametrize(
    ("before", "after"), [("new", "interview"), ("in_review", "interview"), ("offer", "offer")]
)
def test_an_application_moves_to_interview_and_never_back(
    application, arrangement, now, before, after
):
    Application.objects.update(stage=before)
    arrange(application, arrangement, by=None, now=now)
    assert Application.objects.get().stage == after


def test_who_has_withdrawn_is_not_invited(application, arrangement, person, now):
    Application.objects.update(stage="withdrawn")
    with pytest.raises(StageRefused):
        arrange(application, arrangement, by=person, now=now)
    assert not Run.objects.exists()


def test_a_change_takes_the_place_of_what_was_not_told_yet(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    later = replace(arrangement, starts_at=arrangement.starts_at + timedelta(hours=1))
    assert change(interview, later, by=person, now=now)
    assert told() == [(0, "invited"), (1, "changed")]
    assert (status_of(0), status_of(1)) == ("cancelled", "active")
    assert interview.notice.starts_at == later.starts_at


def test_a_change_of_nothing_is_told_to_nobody(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    assert not change(interview, arrangement, by=person, now=now)
    assert told() == [(0, "invited")]


def test_a_cancellation_says_of_which_interview(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    cancel(interview, message="We are ill.", by=person, now=now)
    assert told() == [(0, "invited"), (1, "cancelled")]
    notice = interview.notice
    assert (notice.starts_at, notice.message) == (arrangement.starts_at, "We are ill.")
    assert not Notice.objects.in_force().exists()


def test_what_is_cancelled_is_neither_cancelled_nor_changed(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    cancel(interview, message="", by=person, now=now)
    for again in (
        lambda: cancel(interview, message="", by=person, now=now),
        lambda: change(interview, arrangement, by=person, now=now),
    ):
        with pytest.raises(InterviewRefused, match="cancelled already"):
            again()
    assert len(told()) == 2


def test_what_has_begun_is_not_changed(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    with pytest.raises(InterviewRefused, match="begun already"):
        cancel(interview, message="", by=person, now=arrangement.starts_at)


def test_the_newest_notice_is_the_one_in_force(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    change(interview, replace(arrangement, minutes=30), by=person, now=now)
    assert Notice.objects.in_force().get().sequence == 1


def test_nobody_is_reminded_of_what_is_cancelled_at_the_same_moment(
    application, arrangement, now, monkeypatch, settings
):
    settings.INTERVIEW_REMINDER_HOURS = 24
    interview = arrange(application, arrangement, by=None, now=now)
    at = arrangement.starts_at - timedelta(hours=2)
    begin = interviews._remind

    def cancelled_first(notice):
        cancel(interview, message="", by=None, now=at)
        begin(notice)

    monkeypatch.setattr(interviews, "_remind", cancelled_first)
    interviews.remind(now=at)
    assert not Run.objects.filter(pipeline="interview_reminder").exists()


def test_withdrawing_cancels_what_is_ahead(application, arrangement, person, now):
    interview = arrange(application, arrangement, by=person, now=now)
    assert withdraw(application, now=now)
    assert told() == [(0, "invited"), (1, "cancelled")]
    assert interview.notice.message == "The application was withdrawn."


def test_withdrawing_leaves_what_is_over(application, arrangement, person, now):
    arrange(application, arrangement, by=person, now=now)
    withdraw(application, now=arrangement.starts_at)
    assert told() == [(0, "invited")]


def test_what_is_being_erased_is_not_talked_about(application, arrangement, now, settings):
    settings.INTERVIEW_REMINDER_HOURS = 24
    interview = arrange(application, arrangement, by=None, now=now)
    erasure.request(application, now=now)
    with pytest.raises(StageRefused, match="being erased"):
        arrange(application, arrangement, by=None, now=now)
    for again in (
        lambda: cancel(interview, message="", by=None, now=now),
        lambda: change(interview, replace(arrangement, minutes=30), by=None, now=now),
    ):
        with pytest.raises(InterviewRefused, match="being erased"):
            again()
    interviews.remind(now=arrangement.starts_at - timedelta(hours=2))
    assert told() == [(0, "invited")]
    assert not Run.objects.filter(pipeline="interview_reminder").exists()
