"""The back office of the clock: when each schedule is due, when it last ran, and Run now."""

from pipelines.schedules.admin import occasions, schedules

__all__ = ["occasions", "schedules"]
