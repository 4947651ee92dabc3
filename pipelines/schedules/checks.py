"""System checks that hold every schedule to the rules it relies on."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.core.checks import CheckMessage, Error, register

from pipelines.schedules import cron
from pipelines.schedules.definition import Schedule
from pipelines.schedules.opening import LOOK
from pipelines.schedules.registry import all_schedules


@register("pipelines")
def check_schedules(**_: Any) -> list[CheckMessage]:
    """Errors in the definitions of this project's schedules. Their steps are checked as any."""
    return [error for schedule in all_schedules() for error in check_schedule(schedule)]


def check_schedule(schedule: Schedule) -> Iterator[CheckMessage]:
    """Errors in one schedule."""
    try:
        cron.parse(schedule.cron, ZoneInfo("UTC"))
    except cron.BadLine as error:
        yield Error(f"{schedule.name}: {schedule.cron!r}: {error}", id="schedules.E001")
    if schedule.catch_up < 2 * LOOK:
        yield Error(
            f"{schedule.name} may be begun up to {schedule.catch_up} late, but it may take "
            f"{2 * LOOK} until somebody looks.",
            id="schedules.E002",
        )
