"""The occasions there were, each with its run."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from pipelines.models import Run
from pipelines.schedules.models import Occasion


@dataclass(frozen=True, slots=True)
class Past:
    """``run`` is None where the ledger has forgotten it."""

    occasion: Occasion
    run: Run | None

    @property
    def took(self) -> timedelta | None:
        """None while it is at work."""
        if self.run is None or self.run.finished_at is None:
            return None
        return self.run.finished_at - self.run.created_at


def latest(schedule: str, *, count: int) -> list[Past]:
    """The last occasions of a schedule, the latest first. Two queries."""
    return _with_runs(Occasion.objects.filter(schedule=schedule).order_by("-pk")[:count])


def latest_of_each(schedules: Collection[str]) -> dict[str, Past]:
    """The last occasion of each of these schedules, by its name. Two queries."""
    newest = Occasion.objects.filter(schedule__in=schedules).order_by().values("schedule")
    ids = newest.annotate(newest=Max("pk")).values("newest")
    return {
        past.occasion.schedule: past for past in _with_runs(Occasion.objects.filter(pk__in=ids))
    }


def _with_runs(occasions: Iterable[Occasion]) -> list[Past]:
    found = list(occasions)
    runs = Run.objects.filter(
        pipeline__in={occasion.schedule for occasion in found},
        subject_id__in={str(occasion.pk) for occasion in found},
    )
    by_occasion = {(run.pipeline, run.subject_id): run for run in runs}
    return [Past(each, by_occasion.get((each.schedule, str(each.pk)))) for each in found]
