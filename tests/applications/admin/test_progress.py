import pytest

from applications.admin.progress import progress_of
from applications.models import Application
from applications.services.runs import with_run
from pipelines.models import Run, StepRun
from tests.factories import make_application


def test_a_new_application_waits_for_its_dossier(apply):
    application = apply()
    progress = progress_of([application])[application.pk]
    assert progress.words == "On its way"
    assert [(str(mark.title), mark.state, str(mark.words)) for mark in progress.marks] == [
        ("Dossier", "working", "in the queue"),
        ("Storage", "waiting", "waits for its turn"),
        ("Letter to HR", "waiting", "waits for its turn"),
        ("Letter to the applicant", "waiting", "waits for its turn"),
    ]


def test_a_failed_step_needs_a_person(apply):
    application = apply(Run.Status.FAILED, {"render_dossier": {"status": StepRun.Status.FAILURE}})
    progress = progress_of([application])[application.pk]
    assert progress.words == "Needs a person"
    assert progress.marks[0].state == "failed"


@pytest.mark.parametrize("status", StepRun.Status)
def test_every_status_of_a_step_has_its_look_and_its_words(apply, now, status):
    lease = {"due_at": now, "started_at": now} if status == StepRun.Status.STARTED else {}
    application = apply(steps={"render_dossier": {"status": status, **lease}})
    mark = progress_of([application])[application.pk].marks[0]
    assert mark.state in {"waiting", "working", "done", "failed"}
    assert mark.words


@pytest.mark.parametrize("status", Run.Status)
def test_every_status_of_a_run_has_its_words(apply, status):
    application = apply(status)
    assert progress_of([application])[application.pk].words


def test_an_application_without_a_run_is_left_out(db):
    assert progress_of([make_application()]) == {}


def test_a_step_of_an_older_release_keeps_its_own_name(apply):
    application = apply()
    StepRun.objects.filter(name="store_dossier").update(name="print_dossier")
    assert progress_of([application])[application.pk].marks[1].title == "print_dossier"


def test_two_queries_tell_of_any_number_of_applications(apply, django_assert_num_queries):
    applications = [apply() for _number in range(5)]
    with django_assert_num_queries(2):
        progress = progress_of(applications)
        assert all(len(progress[one.pk].marks) == 4 for one in applications)


@pytest.mark.parametrize("status", Run.Status)
def test_applications_are_found_by_the_status_of_their_run(apply, status):
    by_status = {one: apply(one) for one in Run.Status}
    make_application()
    assert list(with_run(Application.objects.all(), status)) == [by_status[status]]


def test_runs_of_other_pipelines_count_for_nothing(apply):
    application = apply(Run.Status.FAILED)
    Run.objects.update(pipeline="another")
    assert not with_run(Application.objects.all(), Run.Status.FAILED)
    assert progress_of([application]) == {}
