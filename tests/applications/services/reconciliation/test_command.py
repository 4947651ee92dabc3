"""``manage.py reconcile``: what it prints, what it changes, with what it exits."""

import pytest
from django.core.management import CommandError, call_command

from applications import storage
from applications.models import Document
from applications.pipeline.welcome import welcome
from pipelines import ledger
from pipelines.models import Run
from tests.applications.services.reconciliation.conftest import cv_of, dossier_of

LOST = "the dossier is not in the object store"


@pytest.fixture
def reconcile(capsys):
    """Its output, line by line."""

    def run(*arguments):
        call_command("reconcile", *arguments)
        return capsys.readouterr().out.splitlines()

    return run


def test_it_says_when_all_is_well(house, reconcile):
    house.finish()
    assert reconcile() == [
        "Compared: 1 applications, 2 documents, 2 letters.",
        "All is well.",
    ]


def test_it_tells_each_finding_with_what_was_done_and_a_table(house, reconcile):
    application = house.finish(reference="7K3M-9QXA")
    house.delete(dossier_of(application))
    assert reconcile() == [
        f"7K3M-9QXA  {LOST} (dossier): drawn and stored again",
        "Compared: 1 applications, 2 documents, 2 letters.",
        f"     1  {LOST}  drawn and stored again",
        "All of it is put right, or on its way.",
    ]


def test_a_second_time_all_is_well(house, reconcile):
    house.delete(dossier_of(house.finish()))
    reconcile()
    assert reconcile()[-1] == "All is well."


def test_a_dry_run_shows_and_changes_nothing(house, reconcile):
    application = house.finish()
    house.delete(dossier_of(application))
    told = reconcile("--dry-run")
    assert told[0].endswith(f"{LOST} (dossier): would be drawn and stored again")
    assert told[-2:] == [
        f"     1  {LOST}  would be drawn and stored again",
        "Nothing was changed.",
    ]
    assert house.run(application).status == "done"
    assert not Document.objects.filter(stored_at=None).exists()


def test_it_fails_when_something_needs_a_person(house, reconcile, capsys):
    application = house.finish(reference="7K3M-9QXA")
    house.delete(cv_of(application))
    with pytest.raises(CommandError, match=r"^Need a person: 1\.$") as failure:
        reconcile()
    assert failure.value.returncode == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "7K3M-9QXA  a file that the applicant sent is gone (resume): needs a person"
    )


def test_it_does_not_call_well_what_waits_for_a_person_in_another_pipeline(
    house, reconcile, capsys
):
    run = ledger.open_run(welcome, house.finish(), now=house.now)
    run.steps.update(status="failure", error="No such user (550).")
    Run.objects.filter(pk=run.pk).update(status="failed")
    with pytest.raises(CommandError, match=r"^Need a person: 2\.$"):
        reconcile()
    failed = f"welcome {run.pk}  a step has failed"
    assert capsys.readouterr().out.splitlines() == [
        f"{failed} (email_employee: No such user (550).): needs a person",
        f"{failed} (tell_hr: No such user (550).): needs a person",
        "Compared: 1 applications, 2 documents, 2 letters.",
        "     2  a step has failed  needs a person: resume its run once the cause is gone",
    ]


def test_it_goes_on_behind_an_application(house, reconcile):
    application = house.finish()
    house.delete(dossier_of(application))
    assert reconcile("--after", str(application.pk))[-1] == "All is well."


def test_without_a_store_it_says_so_and_takes_nothing_for_lost(house, reconcile, settings):
    house.finish()
    settings.AWS_STORAGE_BUCKET_NAME = "nowhere"
    with pytest.raises(CommandError, match="The object store is not ready"):
        reconcile()


def test_a_survey_that_breaks_off_says_where_to_go_on(house, reconcile, monkeypatch):
    monkeypatch.setattr("applications.services.reconciliation.cases.BATCH", 1)
    first, second = sorted((house.finish() for _number in range(2)), key=lambda each: each.pk)
    look = storage.condition

    def look_until_it_goes_away(key, **expected):
        if str(second.pk) in key:
            raise storage.StorageUnavailable("The object store is away.")
        return look(key, **expected)

    monkeypatch.setattr(storage, "condition", look_until_it_goes_away)
    with pytest.raises(CommandError, match=f"away. .* go on with --after {first.pk}"):
        reconcile()
