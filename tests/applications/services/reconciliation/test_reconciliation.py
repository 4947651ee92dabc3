"""Each way in which rows, objects and letters can disagree: found, and put right for good."""

from datetime import timedelta

import pytest

from applications import storage
from applications.models import Document, Erasure, Letter, StagedContent
from applications.pipeline.welcome import welcome
from applications.services import reconciliation
from applications.services.reconciliation.surveying import survey
from pipelines import ledger
from pipelines.models import Attempt, Run, StepRun
from tests.applications.services.reconciliation.conftest import CV, cv_of, dossier_of
from tests.factories import make_letter


def letter_of(application, kind=Letter.Kind.NEW_APPLICATION):
    return application.letters.get(kind=kind)


def test_all_is_well_when_everything_has_arrived(house):
    house.finish()
    assert house.reconcile() == {}


def test_what_is_on_its_way_is_not_wrong(house):
    application = house.accept()
    assert house.reconcile() == {}
    assert house.statuses(application)["render_dossier"] == "sent"


def test_nothing_is_made_again_for_who_has_withdrawn(house):
    application = house.accept()
    house.smtp.replies["RCPT"] = "550 No such user"
    house.carry(application)
    ledger.cancel(application, now=house.now)
    house.delete(dossier_of(application))
    assert house.reconcile() == {}


# --- runs -------------------------------------------------------------------------------------


def test_an_application_without_a_run_is_given_one(house):
    application = house.accept()
    Run.objects.all().delete()
    assert house.reconcile() == {"NO_RUN": 1}
    assert house.reconcile() == {}
    house.carry(application)
    assert house.run(application).status == "done"
    assert len(house.smtp.accepted) == 2


def test_a_run_that_another_process_has_just_opened_is_left_alone(house):
    house.accept()
    Run.objects.all().delete()
    one, other = (next(survey(look_closely=lambda _id: True)) for _number in range(2))
    reconciliation.repair(one, now=house.now)
    run = Run.objects.get()
    reconciliation.repair(other, now=house.now)
    assert Run.objects.get() == run


def test_a_failed_step_is_for_a_person(house):
    application = house.accept()
    house.smtp.replies["RCPT"] = "550 No such user"
    house.carry(application)
    assert house.reconcile() == {"STEP_FAILED": 2}
    assert house.run(application).status == "failed"


# --- other pipelines ----------------------------------------------------------------------------


def fail_elsewhere(house, **letter):
    """A run of another pipeline that has failed at its first letter; the run.

    Any subject will do: who judges does not look at it.
    """
    application = house.finish()
    run = ledger.open_run(welcome, application, now=house.now)
    run.steps.filter(name="tell_hr").update(status="success")
    run.steps.filter(name="email_employee").update(status="failure", error="No such user (550).")
    Run.objects.filter(pk=run.pk).update(status="failed")
    if letter:
        make_letter(kind=Letter.Kind.WELCOME, about=str(application.pk), **letter)
    return run


def test_a_failed_run_of_another_pipeline_is_for_a_person_who_is_told_already(house):
    run = fail_elsewhere(house)
    (finding,) = house.survey()
    assert (finding.problem.name, finding.is_told) == ("STEP_FAILED", True)
    assert finding.subject == f"welcome {run.pk}"
    assert finding.detail == "email_employee: No such user (550)."


def test_a_letter_in_doubt_of_another_pipeline_is_told_once(house):
    run = fail_elsewhere(house, intent_at=house.now, intents=1)
    (finding,) = house.survey()
    assert (finding.problem.name, finding.is_told) == ("LETTER_IN_DOUBT", True)
    run.steps.update(status="success")
    Run.objects.filter(pk=run.pk).update(status="done")
    (finding,) = house.survey()
    assert (finding.problem.name, finding.is_told) == ("LETTER_IN_DOUBT", False)


def test_a_letter_in_doubt_whose_step_is_on_its_way_is_the_policys_business(house):
    run = fail_elsewhere(house, intent_at=house.now, intents=1)
    run.steps.filter(name="email_employee").update(status="sent", error="")
    Run.objects.filter(pk=run.pk).update(status="active")
    assert house.survey() == []


def test_who_was_cancelled_is_not_told_of(house):
    run = fail_elsewhere(house)
    Run.objects.filter(pk=run.pk).update(status="cancelled")
    assert house.survey() == []


# --- the dossier --------------------------------------------------------------------------------


def spoil_by_deleting(house, dossier):
    house.delete(dossier)


def spoil_by_other_bytes(house, dossier):
    house.overwrite(dossier, b"x" * dossier.size)


def spoil_by_cutting_short(house, dossier):
    house.overwrite(dossier, b"%PDF")


@pytest.mark.parametrize("spoil", [spoil_by_deleting, spoil_by_other_bytes, spoil_by_cutting_short])
def test_a_dossier_that_is_not_what_was_stored_is_drawn_and_stored_again(house, spoil):
    application = house.finish()
    before = dossier_of(application)
    spoil(house, before)
    assert house.reconcile() == {"DOSSIER_LOST": 1}
    assert house.reconcile() == {}
    house.carry(application)
    after = dossier_of(application)
    assert (after.pk, after.sha256, after.note) == (before.pk, before.sha256, "")
    storage.verify(after.key, size=before.size, sha256=before.sha256)
    assert house.run(application).status == "done"
    assert house.reconcile() == {}


def test_no_letter_goes_out_a_second_time_for_a_dossier_that_is_drawn_again(house):
    application = house.finish()
    house.delete(dossier_of(application))
    house.reconcile()
    house.carry(application)
    assert len(house.smtp.accepted) == 2


def test_what_the_steps_did_before_stays_in_the_history(house):
    application = house.finish()
    house.delete(dossier_of(application))
    house.reconcile()
    told = Attempt.objects.values_list("step__name", "number", "outcome")
    assert set(told) == {("render_dossier", 1, "success"), ("store_dossier", 1, "success")}


def test_a_dossier_that_comes_out_otherwise_keeps_its_row_and_says_so(house, drawing):
    application = house.finish()
    before = dossier_of(application)
    house.delete(before)
    drawing[0] = b"%PDF-1.7 of another release"
    house.reconcile()
    house.carry(application)
    after = dossier_of(application)
    assert after.pk == before.pk
    assert after.size == len(drawing[0])
    assert before.sha256 in after.note
    assert house.reconcile() == {}


def test_a_dossier_whose_row_is_gone_too_is_drawn_again(house):
    application = house.finish()
    dossier = dossier_of(application)
    house.delete(dossier)
    dossier.delete()
    assert house.reconcile() == {"DOSSIER_LOST": 1}
    house.carry(application)
    assert dossier_of(application).sha256 == dossier.sha256
    assert house.reconcile() == {}


def test_a_dossier_whose_photo_is_gone_is_not_drawn_without_it(house):
    application = house.accept()
    photo = house.stage(application, kind="photo", content=b"a face")
    house.carry(application)
    house.delete(photo)
    house.delete(dossier_of(application))
    assert house.reconcile() == {"ORIGINAL_LOST": 1, "DOSSIER_UNDRAWABLE": 1}
    assert house.run(application).status == "done"


def test_a_dossier_whose_cv_is_gone_is_not_drawn_without_it(house):
    application = house.finish()
    house.delete(application.documents.get(kind="resume"))
    house.delete(dossier_of(application))
    assert house.reconcile() == {"ORIGINAL_LOST": 1, "DOSSIER_UNDRAWABLE": 1}


# --- originals and staged bytes -------------------------------------------------------------------


def test_an_original_that_is_erased_during_the_survey_is_not_gone(house, monkeypatch):
    application = house.finish()
    house.delete(cv_of(application))
    condition = storage.condition

    def condition_after_an_erasure(*args, **options):
        application.documents.all().delete()
        return condition(*args, **options)

    monkeypatch.setattr(storage, "condition", condition_after_an_erasure)
    assert house.reconcile() == {}


def test_an_original_that_is_gone_is_for_a_person_each_time_and_nothing_is_changed(house):
    application = house.finish()
    cv = cv_of(application)
    house.delete(cv)
    assert house.reconcile() == {"ORIGINAL_LOST": 1}
    assert house.reconcile() == {"ORIGINAL_LOST": 1}
    assert cv_of(application).stored_at == cv.stored_at
    assert house.run(application).status == "done"


def test_an_object_that_is_missing_is_stored_again_from_the_staged_bytes(house):
    application = house.finish()
    cv = cv_of(application)
    StagedContent.objects.create(document=cv, content=CV)
    house.delete(cv)
    assert house.reconcile() == {"NOT_STORED": 1}
    assert house.reconcile() == {}
    house.carry(application)
    assert storage.get(cv.key) == CV
    assert not StagedContent.objects.exists()
    assert house.reconcile() == {}


def test_a_document_that_the_store_step_left_out_is_stored(house):
    application = house.finish()
    photo = house.stage(application, kind="photo", content=b"a face")
    assert house.reconcile() == {"NOT_STORED": 1}
    house.carry(application)
    assert storage.get(photo.key) == b"a face"


def test_staged_bytes_of_a_stored_document_are_cleared(house):
    application = house.finish()
    StagedContent.objects.create(document=cv_of(application), content=CV)
    assert house.reconcile() == {"STAGED_LEFT": 1}
    assert not StagedContent.objects.exists()
    assert house.run(application).status == "done"


def test_staged_bytes_stay_when_their_document_has_been_taken_for_missing_meanwhile(house):
    application = house.finish()
    StagedContent.objects.create(document=cv_of(application), content=CV)
    finding, _compared = list(survey(look_closely=lambda _id: True))
    Document.objects.filter(kind="resume").update(stored_at=None)
    reconciliation.repair(finding, now=house.now)
    assert StagedContent.objects.count() == 1


# --- letters ----------------------------------------------------------------------------------


def test_a_letter_that_never_went_out_goes_out_once(house):
    application = house.finish()
    Letter.objects.filter(pk=letter_of(application).pk).update(
        sent_at=None, intent_at=None, intents=0
    )
    house.smtp.accepted.clear()
    assert house.reconcile() == {"LETTER_UNSENT": 1}
    assert house.reconcile() == {}
    house.carry(application)
    assert len(house.smtp.accepted) == 1
    assert house.reconcile() == {}


def test_a_letter_without_a_row_goes_out(house):
    application = house.finish()
    letter_of(application, Letter.Kind.APPLICATION_RECEIVED).delete()
    house.smtp.accepted.clear()
    assert house.reconcile() == {"LETTER_UNSENT": 1}
    house.carry(application)
    assert len(house.smtp.accepted) == 1


def test_a_letter_in_doubt_is_for_a_person_and_told_once(house, settings):
    settings.EMAIL_DOUBT_POLICY = "hold"
    application = house.finish()
    Letter.objects.filter(pk=letter_of(application).pk).update(sent_at=None)
    StepRun.objects.filter(name="email_hr").update(status="failure")
    assert house.reconcile() == {"LETTER_IN_DOUBT": 1}
    assert len(house.smtp.accepted) == 2


def test_a_doubt_that_the_policy_will_settle_is_not_wrong(house):
    application = house.finish()
    Letter.objects.filter(pk=letter_of(application).pk).update(sent_at=None)
    StepRun.objects.filter(name="email_hr").update(status="retry", due_at=house.now)
    assert house.reconcile() == {}


# --- objects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        "applications/00000000-0000-4000-8000-000000000000/resume.pdf",
        "applications/ffffffff-ffff-4fff-bfff-ffffffffffff/resume.pdf",
        "applications/readme.txt",
    ],
)
def test_an_object_that_belongs_to_nobody_is_told_and_left(house, key):
    house.finish()
    house.s3.put_object(Bucket="applications", Key=key, Body=b"?")
    assert house.reconcile() == {"STRAY_OBJECT": 1}
    assert storage.get(key) == b"?"


def test_what_is_about_to_be_erased_belongs_to_somebody(house):
    application = house.finish()
    job, room = application.job, f"applications/{application.pk}/"
    Erasure.objects.create(job=job, application_id=application.pk)
    application.delete()
    assert list(storage.listing(room))
    assert house.reconcile() == {}
    Erasure.objects.update(erased_at=house.now)
    assert set(house.reconcile()) == {"STRAY_OBJECT"}


def test_an_object_beside_an_applications_own_is_stray(house):
    application = house.finish()
    key = f"applications/{application.pk}/other.pdf"
    house.s3.put_object(Bucket="applications", Key=key, Body=b"?")
    assert house.reconcile() == {"STRAY_OBJECT": 1}


def test_objects_outside_the_applications_are_nobodys_business_here(house):
    house.s3.put_object(Bucket="applications", Key="backups/x", Body=b"?")
    assert house.reconcile() == {}


def test_an_object_that_came_into_being_during_the_survey_is_not_stray(house, monkeypatch):
    house.finish()
    listing = storage.listing

    def listing_after_an_arrival(prefix, *, after=""):
        if not after:
            house.finish(pk="00000000-0000-4000-8000-000000000000")
        return listing(prefix, after=after)

    monkeypatch.setattr(storage, "listing", listing_after_an_arrival)
    assert house.reconcile() == {}


# --- the survey as a whole ----------------------------------------------------------------------


@pytest.fixture
def many(house, monkeypatch):
    """Five applications, in batches of two."""
    monkeypatch.setattr("applications.services.reconciliation.cases.BATCH", 2)
    return sorted((house.finish() for _number in range(5)), key=lambda each: each.pk)


def test_batches_and_their_stretches_of_the_listing_leave_nothing_out(house, many):
    for application in many:
        house.delete(cv_of(application))
    assert house.reconcile() == {"ORIGINAL_LOST": 5}


def test_a_survey_can_be_taken_up_where_another_ended(house, many):
    for application in many:
        house.delete(cv_of(application))
    found = list(survey(look_closely=lambda _id: True, after=many[2].pk))
    assert [each.subject for each in found if isinstance(each, reconciliation.Finding)] == [
        application.reference for application in many[3:]
    ]


def test_two_surveys_with_their_repairs_at_once_do_no_harm(house):
    application = house.finish()
    house.delete(dossier_of(application))
    one, other = (list(survey(look_closely=lambda _id: True)) for _number in range(2))
    reconciliation.repair(one[0], now=house.now)
    house.carry(application)
    reconciliation.repair(other[0], now=house.now)
    house.carry(application)
    assert house.run(application).status == "done"
    assert len(house.smtp.accepted) == 2
    assert house.reconcile() == {}


def test_a_store_that_is_away_is_no_lost_object(house, settings):
    house.finish()
    settings.AWS_STORAGE_BUCKET_NAME = "nowhere"
    with pytest.raises(storage.StorageUnavailable):
        house.reconcile()
    assert Document.objects.filter(stored_at=None).count() == 0


# --- the scheduled one ----------------------------------------------------------------------------


def test_the_scheduled_one_answers_with_counts_and_repairs(house):
    application = house.finish()
    house.delete(dossier_of(application))
    assert reconciliation.reconcile(now=house.now) == {
        "applications": 1,
        "documents": 2,
        "letters": 2,
        "dossier_lost": 1,
        "untold": 0,
    }
    assert house.statuses(application)["render_dossier"] == "pending"


def test_a_day_of_scheduled_ones_compares_every_fingerprint(house):
    application = house.finish()
    spoil_by_other_bytes(house, dossier_of(application))
    found = [
        reconciliation.reconcile(now=house.now + timedelta(hours=hour)).get("dossier_lost", 0)
        for hour in range(24)
    ]
    assert sum(found) == 1


def test_what_the_log_says_names_nobody(house, caplog):
    application = house.finish(full_name="Ada Lovelace")
    house.delete(cv_of(application))
    reconciliation.reconcile(now=house.now)
    assert application.reference in caplog.text
    assert [word for word in ("Ada", "Lovelace", application.email) if word in caplog.text] == []
