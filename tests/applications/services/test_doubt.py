"""A person decides about a letter of which nobody knows whether it arrived."""

import pytest

from applications.models import Letter
from applications.pipeline import apply_now
from applications.services import doubt
from pipelines import ledger, registry
from pipelines.execution import Failed, Succeeded, execute
from pipelines.models import Run
from tests.factories import make_application

ENDED = ("render_dossier", "store_dossier", "email_applicant")


@pytest.fixture
def smtp(smtp, settings):
    settings.EMAIL_DOUBT_POLICY = "hold"
    return smtp


@pytest.fixture
def held(db, smtp, now):
    """HR's letter, whose server fell silent after it got it; the step has failed."""
    application = make_application()
    run = ledger.open_run(apply_now, application, now=now)
    run.steps.filter(name__in=ENDED).update(status="success", opened_at=now, finished_at=now)
    run.steps.filter(name="email_hr").update(status="sent", opened_at=now, queued_at=now)
    smtp.hangs_up_after_body = True
    execute(run.pk, "email_hr", 1, worker="deliver@one")
    run.steps.filter(name="email_hr").update(status="sent", due_at=None)
    assert isinstance(execute(run.pk, "email_hr", 2, worker="deliver@one"), Failed)
    smtp.hangs_up_after_body = False
    return Letter.objects.get()


def fresh():
    return Letter.objects.get()


def go_on():
    """The step's next attempt, as the sweep would send it."""
    step = Run.objects.get().steps.get(name="email_hr")
    assert (step.status, step.attempts) == ("pending", 2)
    return execute(step.run_id, "email_hr", 3, worker="deliver@one")


def test_a_held_letter_is_undecided(held):
    assert doubt.is_undecided(held)


def test_a_letter_whose_step_is_on_its_way_is_the_policys_business(held):
    Run.objects.get().steps.filter(name="email_hr").update(status="sent")
    assert not doubt.is_undecided(held)


def test_one_that_arrived_is_taken_for_sent_and_the_run_is_done(held, smtp, now):
    assert doubt.arrived(held, now=now) is True
    letter = fresh()
    assert letter.sent_at == held.intent_at
    assert letter.note == "A person decided on 2026-03-02 09:30 UTC that it had arrived."
    assert go_on() == Succeeded(opened_next=False)
    assert Run.objects.get().status == "done"
    assert len(smtp.accepted) == 1


def test_one_that_is_sent_again_goes_out_once_more_and_the_run_is_done(held, smtp, now):
    assert doubt.send_again(held, now=now) is True
    assert go_on() == Succeeded(opened_next=False)
    letter = fresh()
    assert (letter.intents, letter.sent_at is not None) == (2, True)
    assert letter.note == "A person had it sent again on 2026-03-02 09:30 UTC."
    assert len(smtp.accepted) == 2


def test_a_copy_that_is_in_doubt_too_is_held_again(held, smtp, now):
    doubt.send_again(held, now=now)
    smtp.hangs_up_after_body = True
    go_on()
    Run.objects.get().steps.filter(name="email_hr").update(status="failure", due_at=None)
    assert doubt.is_undecided(fresh())
    assert fresh().intents == 2


@pytest.mark.parametrize("second", [doubt.arrived, doubt.send_again])
@pytest.mark.parametrize("first", [doubt.arrived, doubt.send_again])
def test_what_is_decided_is_not_decided_again(held, now, first, second):
    first(held, now=now)
    decided = fresh()
    assert second(held, now=now) is False
    assert (fresh().sent_at, fresh().note) == (decided.sent_at, decided.note)
    assert not doubt.is_undecided(decided)


def test_the_other_branch_is_left_alone(held, now):
    run = Run.objects.get()
    run.steps.filter(name="email_applicant").update(status="failure")
    doubt.arrived(held, now=now)
    assert run.steps.get(name="email_applicant").status == "failure"
    assert Run.objects.get().status == "failed"


def test_each_kind_of_letter_has_its_step():
    assert set(doubt.CARRIERS) == set(Letter.Kind)
    for carrier in doubt.CARRIERS.values():
        assert registry.find_step(carrier.pipeline, carrier.step), carrier
