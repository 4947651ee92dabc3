"""System checks that hold every pipeline to the rules it relies on.

https://docs.djangoproject.com/en/5.2/topics/checks/
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from celery import current_app
from django.core.checks import CheckMessage, Error, register

from pipelines.definition import Pipeline, Step, again
from pipelines.registry import all_pipelines

# Redis delivers a message again that was not acknowledged for that long.
_DEFAULT_VISIBILITY_TIMEOUT = 3600.0


@register("pipelines")
def check_pipelines(**_: Any) -> list[CheckMessage]:
    """Errors in the definitions of this project's pipelines."""
    return [
        *_duplicate_pipelines(),
        *_divided_steps(),
        *(error for pipeline in all_pipelines() for error in check_pipeline(pipeline)),
    ]


def _duplicate_pipelines() -> Iterator[CheckMessage]:
    names = Counter(pipeline.name for pipeline in all_pipelines())
    for name in (name for name, count in names.items() if count > 1):
        yield Error(f"Two pipelines are named {name!r}.", id="pipelines.E001")


def _divided_steps() -> Iterator[CheckMessage]:
    """The sweep counts what is on the broker by the steps' names."""
    queues: defaultdict[str, set[str]] = defaultdict(set)
    for step in (step for pipeline in all_pipelines() for step in pipeline.steps):
        queues[step.name].add(step.queue)
    for name, found in queues.items():
        if len(found) > 1:
            yield Error(
                f"Steps named {name!r} wait in different queues: {', '.join(sorted(found))}.",
                id="pipelines.E008",
            )


def check_pipeline(pipeline: Pipeline) -> list[CheckMessage]:
    """Errors in one pipeline."""
    names = Counter(step.name for step in pipeline.steps)
    return [
        *(
            Error(f"{pipeline.name} has two steps named {name!r}.", id="pipelines.E002")
            for name, count in names.items()
            if count > 1
        ),
        *(error for step in pipeline.steps for error in _check_step(pipeline, step)),
    ]


def _check_step(pipeline: Pipeline, step: Step) -> Iterator[CheckMessage]:
    name = pipeline.task_name(step.name)
    visible_again = _visibility_timeout()
    if step.timeout <= 0:
        yield Error(f"{name} has no timeout.", id="pipelines.E003")
    if step.timeout >= visible_again:
        yield Error(
            f"{name} may take {step.timeout:g} s, but the broker delivers its message again "
            f"after {visible_again:g} s.",
            id="pipelines.E004",
        )
    if max(step.retry.waits, default=0) >= visible_again:
        yield Error(
            f"{name} waits longer than the broker's visibility timeout of {visible_again:g} s.",
            id="pipelines.E005",
        )
    if not {step.queue, again(step.queue)} <= current_app.amqp.queues.keys():
        yield Error(
            f"{name} uses the queues {step.queue!r} and {again(step.queue)!r}: name both in "
            "CELERY_TASK_QUEUES.",
            id="pipelines.E006",
        )
    if step.retry.on and not step.retry.waits:
        yield Error(f"{name} retries on errors but names no waits.", id="pipelines.E007")


def _visibility_timeout() -> float:
    options = current_app.conf.broker_transport_options
    return float(options.get("visibility_timeout", _DEFAULT_VISIBILITY_TIMEOUT))
