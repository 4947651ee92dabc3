from datetime import timedelta

import pytest

from applications.models import Application, PlannedLetter, PlannedMove
from applications.services import erasure
from applications.services.hiring import planning, stages
from applications.services.hiring.stages import StageRefused
from pipelines.models import Run

HOUR = timedelta(hours=1)


@pytest.fixture
def letter(application, person, now):
    return planning.plan_letter(
        application, due_at=now + HOUR, subject="News", body="Dear Ada", by=person, now=now
    )


@pytest.fixture
def a_move(application, person, now):
    return planning.plan_move(
        application, due_at=now + HOUR, stage=Application.Stage.OFFER, by=person, now=now
    )


def test_nothing_begins_before_its_time(letter, a_move, application, now):
    planning.begin_due(now=now + HOUR - timedelta(seconds=1))
    assert not Run.objects.exists()
    assert Application.objects.get().stage == "new"


def test_what_is_due_begins_once(letter, a_move, application, person, now):
    for _time in range(2):
        planning.begin_due(now=now + HOUR)
    assert Run.objects.get(pipeline="planned_letter").subject_id == str(letter.pk)
    change = application.stage_changes.get()
    assert (change.to_stage, change.by, change.note) == (
        "offer",
        person,
        "As planned on 2 Mar 2026, 09:30",
    )


def test_a_move_holds_the_application_before_it_begins(a_move, now, monkeypatch):
    held, lock = [], stages.lock

    def noted(application):
        held.append(PlannedMove.objects.get().begun_at)
        return lock(application)

    monkeypatch.setattr(stages, "lock", noted)
    planning.begin_due(now=now + HOUR)
    assert held[0] is None


def test_what_is_cancelled_never_begins(letter, a_move, now):
    for planned in (letter, a_move):
        assert planning.cancel(planned, now=now)
        assert not planning.cancel(planned, now=now)
    planning.begin_due(now=now + HOUR)
    assert not Run.objects.exists()
    assert Application.objects.get().stage == "new"


def test_what_has_begun_is_not_cancelled(letter, a_move, now):
    planning.begin_due(now=now + HOUR)
    assert not planning.cancel(letter, now=now + HOUR)
    assert not planning.cancel(a_move, now=now + HOUR)


def test_a_move_that_is_not_possible_any_more_says_why(a_move, now):
    # Written past the services, which would have cancelled it.
    Application.objects.update(stage="withdrawn")
    planning.begin_due(now=now + HOUR)
    assert "has withdrawn" in PlannedMove.objects.get().refusal


def test_nothing_planned_comes_after_the_end(letter, a_move, application, now):
    stages.move(application, Application.Stage.WITHDRAWN, by=None, now=now)
    assert PlannedLetter.objects.get().cancelled_at == now
    assert PlannedMove.objects.get().cancelled_at == now


def test_a_letter_that_has_begun_and_is_not_sent_is_stopped_by_the_end(letter, application, now):
    planning.begin_due(now=now + HOUR)
    stages.move(application, Application.Stage.WITHDRAWN, by=None, now=now + HOUR)
    assert Run.objects.get(pipeline="planned_letter").status == "cancelled"


def test_nothing_is_planned_after_the_end(application, person, now):
    Application.objects.update(stage="hired")
    with pytest.raises(StageRefused):
        planning.plan_letter(application, due_at=now, subject="?", body="?", by=person, now=now)
    with pytest.raises(StageRefused):
        planning.plan_move(
            application, due_at=now, stage=Application.Stage.OFFER, by=person, now=now
        )


def test_nothing_planned_comes_once_all_data_is_to_be_erased(letter, a_move, application, now):
    planning.begin_due(now=now)
    erasure.request(application, now=now)
    planning.begin_due(now=now + HOUR)
    assert not Run.objects.filter(pipeline="planned_letter").exists()
    assert Application.objects.get().stage == "new"
