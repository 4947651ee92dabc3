"""The words of a pipeline."""

from datetime import timedelta

from applications.models import Job
from pipelines.definition import Pipeline, Retry, step, together


@step(queue="deliver", timeout=5)
def first(job):
    job.append("first")


@step(queue="deliver", timeout=5)
def left(_job):
    """Nothing."""


@step(queue="deliver", timeout=5)
def right(_job):
    """Nothing."""


tale = Pipeline(name="tale", subject=Job, story=(first, together(left, right)))


def test_a_step_called_directly_is_the_function_it_wraps():
    seen = []
    first(seen)
    assert seen == ["first"]


def test_stages_follow_the_story_and_a_fork_is_one_stage():
    assert tale.stages == ((first,), (left, right))
    assert [step.name for step in tale.steps] == ["first", "left", "right"]


@step(queue="deliver", timeout=5, needed_by=lambda job: job.title == "Pilot")
def check_licence(_job):
    """Nothing."""


def test_a_run_has_the_steps_that_its_subject_needs():
    flight = Pipeline(name="flight", subject=Job, story=(check_licence, first, together(left)))
    assert flight.stages_for(Job(title="Pilot")) == ((check_licence,), (first,), (left,))
    assert flight.stages_for(Job(title="Cook")) == ((first,), (left,))
    assert flight.find("check_licence") is check_licence


def test_a_steps_name_on_the_wire_is_pipeline_and_function():
    assert tale.task_name("left") == "tale.left"


def test_find_gives_none_for_a_step_of_another_release():
    assert tale.find("left") is left
    assert tale.find("gone") is None


def test_waits_are_taken_one_after_the_other_and_then_it_is_over(now):
    retry = Retry(waits=(1, 5))
    tries = [retry.next_try(tries=n, opened_at=now, now=now) for n in (1, 2, 3)]
    assert tries == [now + timedelta(seconds=1), now + timedelta(seconds=5), None]


def test_the_last_wait_repeats_for_as_long_as_the_policy_lasts(now):
    retry = Retry(waits=(1, 5), lasting=timedelta(hours=1))
    late = now + timedelta(minutes=59)
    assert retry.next_try(tries=40, opened_at=now, now=late) == late + timedelta(seconds=5)
    assert retry.next_try(tries=40, opened_at=now, now=now + timedelta(hours=1)) is None


def test_without_waits_nothing_is_tried_again(now):
    assert Retry().next_try(tries=1, opened_at=now, now=now) is None
