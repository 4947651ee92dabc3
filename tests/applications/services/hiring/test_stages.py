import pytest

from applications.models import Application, StageChange
from applications.services.hiring import stages
from applications.services.hiring.stages import StageRefused, move

Stage = Application.Stage


def history(application):
    changes = application.stage_changes.all()
    return [(change.from_stage, change.to_stage, change.by, change.at) for change in changes]


def test_an_application_begins_as_new(application, now):
    assert (application.stage, application.in_stage_since) == (Stage.NEW, now)


def test_a_move_is_written_with_who_and_when(application, person, now):
    assert move(application, Stage.IN_REVIEW, by=person, now=now)
    application.refresh_from_db()
    assert (application.stage, application.in_stage_since) == (Stage.IN_REVIEW, now)
    assert history(application) == [("new", "in_review", person, now)]


def test_what_is_there_already_leaves_no_trace(application, person, now):
    assert not move(application, Stage.NEW, by=person, now=now)
    assert history(application) == []


def test_a_move_sees_the_stage_as_it_is_and_not_as_it_was_read(application, person, now):
    stale = Application.objects.get()
    move(application, Stage.REJECTED, by=person, now=now)
    move(stale, Stage.OFFER, by=person, now=now)
    assert [change[:2] for change in history(application)] == [
        ("new", "rejected"),
        ("rejected", "offer"),
    ]


@pytest.mark.parametrize("final", stages.FINAL)
def test_nothing_comes_after_a_final_stage(application, person, now, final):
    Application.objects.update(stage=final)
    with pytest.raises(StageRefused, match="stays as it is"):
        move(application, Stage.REJECTED, by=person, now=now)
    assert Application.objects.get().stage == final
    assert not StageChange.objects.exists()


def test_the_history_outlives_the_account_of_who_wrote_it(application, person, now):
    move(application, Stage.OFFER, by=person, now=now)
    person.delete()
    assert history(application) == [("new", "offer", None, now)]
