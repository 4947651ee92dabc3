"""The pipelines of this project, found in every app's ``pipeline`` at start-up."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model

from pipelines.definition import Pipeline, Step

_pipelines: list[Pipeline] = []


class UnknownPipeline(LookupError):
    """No app of this release defines a pipeline of that name."""


def discover() -> None:
    """Find the pipelines the way Django finds ``admin.py``. For ``AppConfig.ready()`` only."""
    for config in apps.get_app_configs():
        name = f"{config.name}.pipeline"
        if find_spec(name) is not None:
            for value in vars(import_module(name)).values():
                if isinstance(value, Pipeline):
                    add(value)


def add(pipeline: Pipeline) -> None:
    """Make one known that is written down elsewhere. For ``AppConfig.ready()`` only."""
    if pipeline not in _pipelines:
        _pipelines.append(pipeline)


def all_pipelines() -> tuple[Pipeline, ...]:
    """In the order of INSTALLED_APPS."""
    return tuple(_pipelines)


def find_pipeline(name: str) -> Pipeline:
    """Raises UnknownPipeline."""
    for pipeline in _pipelines:
        if pipeline.name == name:
            return pipeline
    raise UnknownPipeline(f"There is no pipeline {name!r} in this release.")


def names_not_about(model: type[Model]) -> list[str]:
    """The pipelines whose subjects are rows of other models, which may have the same keys."""
    return [pipeline.name for pipeline in _pipelines if pipeline.subject is not model]


def find_step(pipeline_name: str, step_name: str) -> Step | None:
    """The step as this release defines it, or None where a release has dropped it."""
    try:
        return find_pipeline(pipeline_name).find(step_name)
    except UnknownPipeline:
        return None


def queue_of(step_name: str, *, is_again: bool) -> str:
    """Where this step's messages wait, in whatever pipeline it is; empty if it is unknown.

    A system check sees to it that steps of one name share a queue.
    """
    found = (pipeline.find(step_name) for pipeline in _pipelines)
    step = next(filter(None, found), None)
    return step.queue_of(is_again=is_again) if step else ""
