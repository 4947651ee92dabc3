"""What a weekly report says, counted by the database: seven queries, whatever there is to count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce, TruncWeek
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Letter, StageChange
from applications.reports.past import Past, by_week, past
from applications.reports.weeks import Week
from pipelines.models import Attempt, StepRun

_Stage = Application.Stage
_COURSE = (_Stage.IN_REVIEW, _Stage.INTERVIEW, _Stage.OFFER, _Stage.HIRED)
_TOOK = {
    _("within 10 seconds"): timedelta(seconds=10),
    _("within a minute"): timedelta(minutes=1),
    _("within 10 minutes"): timedelta(minutes=10),
    _("within an hour"): timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class JobWeeks:
    """How many applications a position got in each of the weeks that are shown."""

    title: str
    counts: tuple[int, ...]

    @property
    def week_count(self) -> int:
        """In the last of them."""
        return self.counts[-1]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long those stayed in a stage that left it within the week."""

    stage: str
    count: int
    mean: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Delivery:
    """From Apply Now to HR's letter, of the applications that are not erased.

    ``steps``: how many took no longer than what is named.
    """

    sent: int
    missing: int
    mean: timedelta | None
    slowest: timedelta | None
    steps: tuple[tuple[str, int], ...]

    @property
    def expected(self) -> int:
        """One letter for each application."""
        return self.sent + self.missing


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with a step (``apply_now.email_hr``) within the week, how often."""

    task: str
    failed: int
    died: int
    tried_again: int


@dataclass(frozen=True, slots=True)
class Figures:
    """``funnel`` is of the applications of all the weeks that are shown, as it was at the end.

    ``totals`` and ``erased`` are by week: all that came in, and how many of them are erased since.
    Those count in ``jobs`` as well, and in ``funnel`` and ``left`` by their last stage alone.
    """

    week: Week
    jobs: tuple[JobWeeks, ...]
    totals: tuple[int, ...]
    erased: tuple[int, ...]
    funnel: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, int], ...]
    stays: tuple[Stay, ...]
    delivery: Delivery
    troubles: tuple[Trouble, ...]

    @property
    def count(self) -> int:
        """The applications of the week."""
        return self.totals[-1]

    @property
    def erased_total(self) -> int:
        return sum(self.erased)


def figures_of(week: Week) -> Figures:
    """Everything about this week, as it was when it ended; its letters as they are now."""
    erased = past(week)
    gone = by_week(erased, week)
    jobs = _jobs(week, erased)
    totals = tuple(sum(job.counts[index] for job in jobs) for index in range(len(week.shown)))
    reached = _reached(week, erased)
    return Figures(
        week=week,
        jobs=jobs,
        totals=totals,
        erased=gone,
        funnel=(
            (str(_("Received")), sum(totals)),
            *((str(s.label), reached[s.value]) for s in _COURSE),
        ),
        left=tuple((str(s.label), reached[s.value]) for s in (_Stage.REJECTED, _Stage.WITHDRAWN)),
        stays=_stays(week),
        delivery=_delivery(week, totals[-1] - gone[-1]),
        troubles=_troubles(week),
    )


def _jobs(week: Week, erased: Sequence[Past]) -> tuple[JobWeeks, ...]:
    """Those with applications, the one with the most of them first."""
    zone = timezone.get_default_timezone()
    found = (
        Application.objects.filter(_within("submitted_at", week.shown[0], week))
        .order_by()
        .values("job_id", "job__title", week=TruncWeek("submitted_at", tzinfo=zone))
        .annotate(number=Count("pk"))
    )
    index = {each.monday: place for place, each in enumerate(week.shown)}
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * len(index))
    for row in found:
        counts[row["job_id"], row["job__title"]][index[row["week"].date()]] = row["number"]
    for each in erased:
        counts[each.job_id, each.title][index[each.monday]] += each.number
    jobs = (JobWeeks(title, tuple(row)) for (_pk, title), row in sorted(counts.items()))
    return tuple(sorted(jobs, key=lambda job: (-job.counts[-1], -job.total, job.title)))


def _reached(week: Week, erased: Sequence[Past]) -> dict[str, int]:
    """How many applications came as far as a stage, or farther, by the end of the week.

    Of the erased ones only the last stage is known: who was rejected after an interview counts as
    rejected alone.
    """
    later = {stage: _COURSE[place:] for place, stage in enumerate(_COURSE)}
    farther = {**later, **{stage: (stage,) for stage in (_Stage.REJECTED, _Stage.WITHDRAWN)}}
    changes = StageChange.objects.filter(
        _within("application__submitted_at", week.shown[0], week), at__lt=week.end
    )
    found = changes.aggregate(
        **{
            stage.value: Count("application", filter=Q(to_stage__in=stages), distinct=True)
            for stage, stages in farther.items()
        }
    )
    return {
        stage.value: found[stage.value] + sum(e.number for e in erased if e.stage in stages)
        for stage, stages in farther.items()
    }


def _stays(week: Week) -> tuple[Stay, ...]:
    before = StageChange.objects.filter(application=OuterRef("application"), pk__lt=OuterRef("pk"))
    since = Coalesce(
        Subquery(before.order_by("-pk").values("at")[:1]), F("application__submitted_at")
    )
    found = (
        StageChange.objects.filter(_within("at", week, week))
        .annotate(took=ExpressionWrapper(F("at") - since, output_field=DurationField()))
        .order_by()
        .values("from_stage")
        .annotate(number=Count("pk"), mean=Avg("took"), longest=Max("took"))
    )
    rows = {row["from_stage"]: row for row in found}
    return tuple(
        Stay(str(stage.label), row["number"], row["mean"], row["longest"])
        for stage in _Stage
        if (row := rows.get(stage.value))
    )


def _delivery(week: Week, received: int) -> Delivery:
    took = ExpressionWrapper(
        F("sent_at") - F("application__submitted_at"), output_field=DurationField()
    )
    steps = {
        f"step_{place}": Count("pk", filter=Q(took__lte=limit))
        for place, limit in enumerate(_TOOK.values())
    }
    letters = Letter.objects.filter(
        _within("application__submitted_at", week, week),
        kind=Letter.Kind.NEW_APPLICATION,
        sent_at__isnull=False,
    ).annotate(took=took)
    found = letters.aggregate(sent=Count("pk"), mean=Avg("took"), slowest=Max("took"), **steps)
    return Delivery(
        sent=found["sent"],
        missing=received - found["sent"],
        mean=found["mean"],
        slowest=found["slowest"],
        steps=tuple((str(name), found[f"step_{place}"]) for place, name in enumerate(_TOOK)),
    )


def _troubles(week: Week) -> tuple[Trouble, ...]:
    """By step: what failed for good, also if a person resumed it, and what went on by itself."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    failed = StepRun.objects.filter(_within("finished_at", week, week), status="failure")
    rows = failed.order_by().values_list("run__pipeline", "name", "status")
    past = Attempt.objects.filter(_within("ended_at", week, week)).order_by()
    past_rows = past.values_list("step__run__pipeline", "step__name", "outcome")
    for found in (rows.annotate(Count("pk")), past_rows.annotate(Count("pk"))):
        _add(counts, found)
    troubles = (
        Trouble(task, each["failure"], each["crash"], each["retry"])
        for task, each in sorted(counts.items())
    )
    return tuple(each for each in troubles if each.failed or each.died or each.tried_again)


def _add(counts: dict[str, dict[str, int]], found: Iterable[tuple[str, str, str, int]]) -> None:
    for pipeline, step, outcome, number in found:
        counts[f"{pipeline}.{step}"][outcome] += number


def _within(field: str, first: Week, last: Week) -> Q:
    return Q(**{f"{field}__gte": first.start, f"{field}__lt": last.end})
