"""A pipeline that breaks a rule is refused before it runs."""

from dataclasses import replace

import pytest

from pipelines import registry
from pipelines.checks import check_pipeline, check_pipelines
from pipelines.definition import Pipeline, Retry
from tests.pipelines.conftest import Busy


def ids(pipeline):
    return [error.id for error in check_pipeline(pipeline)]


def with_first_step(pipeline, **changes):
    return replace(pipeline, story=(replace(pipeline.story[0], **changes), *pipeline.story[1:]))


def test_a_sound_pipeline_passes(parcel):
    assert check_pipelines() == []


def test_the_projects_own_pipelines_are_sound():
    registry.discover()
    assert check_pipelines() == []


def test_two_steps_of_one_name(parcel):
    twice = Pipeline(name="twice", subject=parcel.subject, story=(*parcel.story, parcel.story[0]))
    assert ids(twice) == ["pipelines.E002"]


def test_two_pipelines_of_one_name(parcel, monkeypatch):
    monkeypatch.setattr(registry, "_pipelines", [parcel, parcel])
    assert [error.id for error in check_pipelines()] == ["pipelines.E001"]


def test_steps_of_one_name_in_two_queues(parcel, monkeypatch):
    other = replace(with_first_step(parcel, queue="deliver"), name="letter")
    monkeypatch.setattr(registry, "_pipelines", [parcel, other])
    assert [error.id for error in check_pipelines()] == ["pipelines.E008"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"timeout": 0}, "pipelines.E003"),
        ({"timeout": 3600}, "pipelines.E004"),
        ({"retry": Retry(on=(Busy,), waits=(1, 3600))}, "pipelines.E005"),
        ({"queue": "nowhere"}, "pipelines.E006"),
        ({"retry": Retry(on=(Busy,))}, "pipelines.E007"),
    ],
)
def test_a_step_that_breaks_a_rule(parcel, changes, error):
    assert ids(with_first_step(parcel, **changes)) == [error]
