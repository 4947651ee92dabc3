from itertools import chain

from applications.models import Application, StageChange
from applications.pipeline import apply_now
from applications.services import withdrawal
from applications.services.hiring import stages
from applications.services.progress import progress
from applications.services.withdrawal import withdraw
from pipelines.models import Run


def statuses(steps):
    return [step.status for step in steps]


def test_what_was_not_done_is_cancelled_and_hr_will_be_told(journey, application):
    journey.succeed("render_dossier", 1, 2)
    assert withdraw(application, now=journey.at(3))
    told = progress(application)
    assert (told.status, told.withdrawn_at) == ("cancelled", journey.at(3))
    assert statuses(told.steps) == ["success", "cancelled", "cancelled", "cancelled"]
    assert (told.withdrawal.status, statuses(told.withdrawal.steps)) == ("active", ["sent", "sent"])


def test_the_history_names_the_applicant_as_the_one_who_did_it(journey, application):
    withdraw(application, now=journey.at(3))
    change = StageChange.objects.get()
    assert (change.to_stage, change.by, change.at) == ("withdrawn", None, journey.at(3))


def test_what_was_done_stays_done(journey, application):
    steps = chain.from_iterable(apply_now.stages_for(application))
    for second, step in enumerate(steps):
        journey.succeed(step.name, second, second + 0.5)
    withdraw(application, now=journey.at(60))
    assert progress(application).status == "done"


def test_a_second_time_changes_nothing(journey, application):
    withdraw(application, now=journey.at(3))
    assert not withdraw(application, now=journey.at(4))
    assert Application.objects.get().withdrawn_at == journey.at(3)
    assert Run.objects.filter(pipeline="withdrawal").count() == 1


def test_somebody_who_is_hired_cannot_withdraw(journey, application, now):
    held = stages.lock(application)
    stages.write(held, Application.Stage.HIRED, by=None, now=now, note="")
    assert not withdrawal.is_possible(held)
    assert not withdraw(application, now=journey.at(3))
    assert journey.fresh().status == "active"
