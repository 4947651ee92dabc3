"""The schedules of this project, found in every app's ``scheduled`` at start-up."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from pipelines.definition import Pipeline
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

_schedules: dict[str, Schedule] = {}


class UnknownSchedule(LookupError):
    """No app of this release has a schedule of that name."""


def discover() -> tuple[Schedule, ...]:
    """Find the schedules the way pipelines are found. For ``AppConfig.ready()`` only."""
    for config in apps.get_app_configs():
        name = f"{config.name}.scheduled"
        if find_spec(name) is not None:
            found = [v for v in vars(import_module(name)).values() if isinstance(v, Schedule)]
            _schedules.update({schedule.name: schedule for schedule in found})
    return all_schedules()


def all_schedules() -> tuple[Schedule, ...]:
    """In the order in which they are named."""
    return tuple(_schedules.values())


def find_schedule(name: str) -> Schedule:
    """Raises UnknownSchedule."""
    try:
        return _schedules[name]
    except KeyError:
        raise UnknownSchedule(f"There is no schedule {name!r} in this release.") from None


def as_pipeline(schedule: Schedule) -> Pipeline:
    """The schedule as the ledger and Celery know it."""
    return Pipeline(name=schedule.name, subject=Occasion, story=schedule.story)
