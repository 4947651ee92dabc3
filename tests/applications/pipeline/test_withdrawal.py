"""The steps of a withdrawal, called as the plain functions they are."""

import pytest

from applications.models import Application, Letter
from applications.pipeline import apply_now
from applications.pipeline.retries import StillAtWork
from applications.pipeline.withdrawal import email_applicant, email_hr, withdrawal
from applications.services.withdrawal import withdraw
from pipelines import ledger
from tests.factories import make_application
from tests.pipelines.factories import Journey


@pytest.fixture
def journey(db, now):
    return Journey(apply_now, make_application(submitted_at=now), now=now)


def withdrawn(journey, at):
    application = Application.objects.get()
    withdraw(application, now=journey.at(at))
    return application


def test_the_story_reads_as_it_is_told():
    assert [[step.name for step in stage] for stage in withdrawal.stages] == [
        ["email_hr", "email_applicant"]
    ]


def test_both_letters_go_out_once_each(journey, smtp):
    application = withdrawn(journey, 1)
    for _time in range(2):
        email_hr(application)
        email_applicant(application)
    assert len(smtp.accepted) == 2
    assert list(Letter.objects.values_list("kind", flat=True)) == [
        "application_withdrawn",
        "withdrawal_confirmed",
    ]


def test_hr_is_told_only_when_nothing_else_is_on_its_way_to_them(journey, smtp):
    held = journey.start("render_dossier", 1)
    application = withdrawn(journey, 2)
    with pytest.raises(StillAtWork) as waiting:
        email_hr(application)
    assert isinstance(waiting.value, email_hr.retry.on)
    assert smtp.accepted == []
    ledger.succeed(held, now=journey.at(3))
    email_hr(application)
    assert len(smtp.accepted) == 1
