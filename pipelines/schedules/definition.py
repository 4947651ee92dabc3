"""The words in which a schedule is written down: pure data."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

from pipelines.definition import Step, Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is done at each due time: a story whose steps are functions of an ``Occasion``.

    ``cron`` says when (five fields, in the office's time zone), until somebody changes it in the
    back office. ``catch_up`` is how late a due time may still be begun; one that was missed for
    longer is left out, and of several that were missed the latest is begun. So a step does all
    that has come up since the occasion before (``occasion.previous``), and not a day's or an
    hour's share.

    ``title`` and ``purpose`` (a sentence) are for people.
    """

    name: str
    story: tuple[Step | Together, ...]
    cron: str
    catch_up: timedelta
    title: str | Promise
    purpose: str | Promise
